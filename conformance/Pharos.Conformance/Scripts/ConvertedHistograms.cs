using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.PromQL.Syntax.Series;

namespace Pharos.Conformance.Scripts;

/// <summary>The native histograms that <c>load_with_nhcb</c> adds: one for the series of each classic histogram at each time.</summary>
internal sealed class ConvertedHistograms
{
    private readonly Dictionary<Labels, SortedDictionary<long, ClassicBuckets>> _byLabels = [];

    /// <summary>Takes a series of the block; what is no part of a classic histogram is left out.</summary>
    public void Add(LoadedSeries series, long intervalMs)
    {
        string name = series.Labels.MetricName;
        if (name.EndsWith("_bucket", StringComparison.Ordinal))
        {
            if (FloatReader.TryParseGo(Encoding.UTF8.GetBytes(series.Labels[Label.BucketBound]), out double bound) && !double.IsNaN(bound))
            {
                Add(series, "_bucket", intervalMs, (buckets, count) => buckets.AddBucket(bound, count));
            }
        }
        else if (name.EndsWith("_count", StringComparison.Ordinal))
        {
            Add(series, "_count", intervalMs, static (buckets, count) => buckets.SetCount(count));
        }
        else if (name.EndsWith("_sum", StringComparison.Ordinal))
        {
            Add(series, "_sum", intervalMs, static (buckets, sum) => buckets.SetSum(sum));
        }
    }

    /// <summary>The histograms, in the order of their times for each series.</summary>
    public IEnumerable<(Labels Labels, long Time, FloatHistogram Histogram)> All() =>
        from series in _byLabels
        from at in series.Value
        let histogram = at.Value.ToNative()
        where histogram is not null
        select (series.Key, at.Key, histogram);

    private void Add(LoadedSeries series, string suffix, long intervalMs, Action<ClassicBuckets, double> add)
    {
        Labels labels = new LabelsBuilder(series.Labels)
            .Set(Label.MetricName, series.Labels.MetricName[..^suffix.Length])
            .Remove(Label.BucketBound)
            .ToLabels();
        if (!_byLabels.TryGetValue(labels, out SortedDictionary<long, ClassicBuckets>? times))
        {
            times = [];
            _byLabels.Add(labels, times);
        }

        for (int k = 0; k < series.Values.Count; k++)
        {
            SeriesValue value = series.Values[k];
            if (value.IsOmitted || value.Histogram is not null)
            {
                continue;
            }

            if (!times.TryGetValue(k * intervalMs, out ClassicBuckets? buckets))
            {
                buckets = new ClassicBuckets();
                times.Add(k * intervalMs, buckets);
            }

            add(buckets, value.Value);
        }
    }
}
