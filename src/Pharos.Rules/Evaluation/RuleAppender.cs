using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Rules.Evaluation;

/// <summary>Stores what the rules of one group give. Used by one thread at a time.</summary>
internal sealed class RuleAppender(ISeriesAppender appender)
{
    private readonly SampleBatch _batch = new();
    private readonly List<Labels> _labels = []; // of the samples of the batch

    /// <summary>Stores the samples of a rule, and a staleness marker for each series that it does not give any more, all at one time.</summary>
    /// <param name="samples">What the rule gave.</param>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    /// <param name="known">The series of its last evaluation; afterwards those of this one.</param>
    /// <exception cref="StorageUnavailableException">Nothing was stored.</exception>
    public AppendOutcome Append(List<RuleSample> samples, long timestamp, ref Dictionary<Labels, SeriesRef> known)
    {
        _batch.Clear();
        _labels.Clear();
        var stored = new Dictionary<Labels, SeriesRef>(samples.Count);
        string refused = "";
        foreach (RuleSample sample in samples)
        {
            if (!known.TryGetValue(sample.Labels, out SeriesRef series))
            {
                try
                {
                    series = appender.GetOrAdd(sample.Labels);
                }
                catch (SeriesLimitException e)
                {
                    refused = e.Message;
                    continue;
                }
            }

            if (sample.Histogram is null)
            {
                Add(sample.Labels, series, timestamp, sample.Value);
            }
            else if (!TryAdd(sample.Labels, series, timestamp, new NativeHistogram(sample.Histogram), ref refused))
            {
                continue;
            }

            stored[sample.Labels] = series;
        }

        int own = _batch.Count;
        foreach ((Labels labels, SeriesRef series) in known)
        {
            if (!stored.ContainsKey(labels))
            {
                Add(labels, series, timestamp, Staleness.Marker);
            }
        }

        AppendAll();
        AppendOutcome outcome = Judge(own, stored);
        known = stored;
        return refused.Length > 0 ? outcome with { Error = refused } : outcome;
    }

    /// <summary>Marks series stale. What another rule has written in the meantime stays.</summary>
    /// <exception cref="StorageUnavailableException">Nothing was stored.</exception>
    public void MarkStale(IReadOnlyDictionary<Labels, SeriesRef> series, long timestamp)
    {
        _batch.Clear();
        _labels.Clear();
        foreach ((Labels labels, SeriesRef reference) in series)
        {
            Add(labels, reference, timestamp, Staleness.Marker);
        }

        AppendAll();
    }

    private void Add(Labels labels, SeriesRef series, long timestamp, double value)
    {
        _batch.Add(series, timestamp, value);
        _labels.Add(labels);
    }

    // As upstream, with floats, whatever it was computed from.
    private bool TryAdd(Labels labels, SeriesRef series, long timestamp, NativeHistogram histogram, ref string refused)
    {
        if (histogram.Validate() is { } error)
        {
            refused = error;
            return false;
        }

        _batch.Add(series, timestamp, histogram);
        _labels.Add(labels);
        return true;
    }

    // A series that was dropped since its last sample is made anew; one that has to end is at its end then.
    private void AppendAll()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        AppendSummary summary = appender.Append(_batch);
        if (summary.UnknownSeries == 0)
        {
            return;
        }

        for (int i = 0; i < _batch.Count; i++)
        {
            if (_batch.Results[i] == AppendResult.UnknownSeries && !Staleness.IsMarker(_batch.Values[i]))
            {
                _batch.SetSeries(i, appender.GetOrAdd(_labels[i]));
            }
        }

        // The others are there already with the same values, which is no duplicate.
        appender.Append(_batch);
    }

    // Staleness markers are refused where another rule gives the series now: that is as it should be.
    private AppendOutcome Judge(int own, Dictionary<Labels, SeriesRef> stored)
    {
        var outcome = new AppendOutcome(0, 0, 0, "");
        for (int i = 0; i < own; i++)
        {
            AppendResult result = _batch.Results[i];
            if (result == AppendResult.Appended)
            {
                stored[_labels[i]] = _batch.Series[i];
                continue;
            }

            stored.Remove(_labels[i]);
            outcome = outcome.With(result);
        }

        return outcome;
    }
}
