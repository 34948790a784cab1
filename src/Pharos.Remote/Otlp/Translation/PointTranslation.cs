using Pharos.Core.Buffers;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Otlp.Messages;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>
/// Makes samples of points, the way upstream does (storage/remote/otlptranslator). Every method stops at the first point that cannot be translated, which is noted: nothing of
/// the request is stored then. Start times are not stored, as upstream does not without its feature for them.
/// </summary>
internal sealed class PointTranslation(OtlpMessage message, PointLabels labels, TranslatedBatch output, TranslationLog log)
{
    private const string SumSuffix = "_sum";
    private const string CountSuffix = "_count";
    private const string BucketSuffix = "_bucket";
    private const string InfiniteBound = "+Inf";

    private readonly ExemplarTranslation _exemplars = new(message, output, log);
    private readonly HistogramTranslation _histograms = new(message, log);
    private readonly LabelList _series = new();

    /// <summary>A sample for each point; only sums have exemplars.</summary>
    public bool TryTranslateNumbers(ReadOnlySpan<OtlpPoint> points, in MetricFamily family, bool hasExemplars)
    {
        foreach (ref readonly OtlpPoint point in points)
        {
            Slice exemplars = default;
            if (!labels.TryBuild(point, family, family.Name)
                || (hasExemplars && !_exemplars.TryTranslate(point, out exemplars))
                || !output.TryBeginSeries(labels.Labels, out Slice series)
                || !TryAdd(series, point, point.Value, exemplars))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A native histogram for each point, of either kind.</summary>
    public bool TryTranslateNative(ReadOnlySpan<OtlpPoint> points, in OtlpMetric metric, in MetricFamily family)
    {
        foreach (ref readonly OtlpPoint point in points)
        {
            if (!_histograms.TryTranslate(point, metric, out NativeHistogram histogram)
                || !labels.TryBuild(point, family, family.Name)
                || !_exemplars.TryTranslate(point, out Slice exemplars)
                || !output.TryBeginSeries(labels.Labels, out Slice series)
                || !output.TryAdd(series, OtlpTime.ToMilliseconds(point.Time), histogram, point.HasNoRecordedValue ? default : exemplars))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Classic series of a histogram: sum, count and cumulative buckets, to which its exemplars belong.</summary>
    public bool TryTranslateHistograms(ReadOnlySpan<OtlpPoint> points, in MetricFamily family)
    {
        foreach (ref readonly OtlpPoint point in points)
        {
            if (!labels.TryBuild(point, family)
                || (point.HasSum && !TryAdd(family.Name + SumSuffix, point, point.Sum))
                || !TryAdd(family.Name + CountSuffix, point, point.Count)
                || !_exemplars.TryTranslate(point, out Slice exemplars)
                || !TryAddBuckets(point, family.Name + BucketSuffix, exemplars))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Series of a summary: sum, count and quantiles.</summary>
    public bool TryTranslateSummaries(ReadOnlySpan<OtlpPoint> points, in MetricFamily family)
    {
        foreach (ref readonly OtlpPoint point in points)
        {
            if (!labels.TryBuild(point, family)
                || !TryAdd(family.Name + SumSuffix, point, point.Sum)
                || !TryAdd(family.Name + CountSuffix, point, point.Count))
            {
                return false;
            }

            foreach (OtlpQuantile quantile in point.Quantiles.Of(message.Quantiles))
            {
                if (!TryAdd(family.Name, point, quantile.Value, default, Label.Quantile, FloatWriter.ToFixedString(quantile.Quantile)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool TryAddBuckets(in OtlpPoint point, string name, Slice exemplars)
    {
        ReadOnlySpan<ulong> counts = point.Buckets.Of(message.BucketCounts);
        ReadOnlySpan<double> bounds = point.Bounds.Of(message.Bounds);
        ulong cumulative = 0;
        int next = exemplars.First;
        int end = exemplars.First + exemplars.Count;
        for (int i = 0; i < Math.Min(bounds.Length, counts.Length); i++)
        {
            cumulative += counts[i];

            // Exemplars come in the order of their values.
            int first = next;
            while (next < end && !(output.Exemplars[next].Value > bounds[i]))
            {
                next++;
            }

            if (!TryAdd(name, point, cumulative, new Slice(first, next - first), Label.BucketBound, FloatWriter.ToFixedString(bounds[i])))
            {
                return false;
            }
        }

        return TryAdd(name, point, point.Count, new Slice(next, end - next), Label.BucketBound, InfiniteBound);
    }

    // Adds a sample of the labels built last, with a name and perhaps one label more.
    private bool TryAdd(string name, in OtlpPoint point, double value, Slice exemplars = default, string extraName = "", string extraValue = "")
    {
        _series.CopyFrom(labels.Labels);
        if (extraName.Length > 0)
        {
            _series.Set(extraName, extraValue);
        }

        _series.Set(Label.MetricName, name);
        _series.Sort();
        return output.TryBeginSeries(_series, out Slice series) && TryAdd(series, point, value, exemplars);
    }

    // A marker has no exemplars.
    private bool TryAdd(Slice series, in OtlpPoint point, double value, Slice exemplars) => point.HasNoRecordedValue
        ? output.TryAdd(series, OtlpTime.ToMilliseconds(point.Time), Staleness.Marker)
        : output.TryAdd(series, OtlpTime.ToMilliseconds(point.Time), value, exemplars);
}
