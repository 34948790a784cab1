using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Loops;

/// <summary>The series that a scrape makes about itself: <c>up</c> and its kin. Of one loop, not thread-safe.</summary>
internal sealed class ScrapeReport(SampleLabeler labeler, bool extraMetrics)
{
    private static readonly string[] Names =
    [
        "up",
        "scrape_duration_seconds",
        "scrape_samples_scraped",
        "scrape_samples_post_metric_relabeling",
        "scrape_series_added",
        "scrape_timeout_seconds",
        "scrape_sample_limit",
        "scrape_body_size_bytes",
    ];

    private readonly SeriesRef[] _series = new SeriesRef[extraMetrics ? Names.Length : Names.Length - 3];
    private int _first;

    /// <summary>How many series there are.</summary>
    public int Count => _series.Length;

    /// <summary>Adds one sample a series, in the order of upstream's documentation; values that are not given are staleness markers.</summary>
    public void Add(ISeriesAppender appender, SampleBatch batch, long time, ReadOnlySpan<double> values)
    {
        _first = batch.Count;
        for (int i = 0; i < _series.Length; i++)
        {
            if (_series[i].IsNone)
            {
                _series[i] = appender.GetOrAdd(labeler.LabelReport(Names[i]));
            }

            batch.Add(_series[i], time, values.IsEmpty ? Staleness.Marker : values[i]);
        }
    }

    /// <summary>Makes the series anew that the store has forgotten.</summary>
    public void Settle(ISeriesAppender appender, SampleBatch batch, SampleBatch again)
    {
        for (int i = 0; i < _series.Length; i++)
        {
            if (batch.Results[_first + i] == AppendResult.UnknownSeries)
            {
                _series[i] = appender.GetOrAdd(labeler.LabelReport(Names[i]));
                again.Add(_series[i], batch.Timestamps[_first + i], batch.Values[_first + i]);
            }
        }
    }
}
