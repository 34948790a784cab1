using System.Globalization;

namespace Pharos.Core.Histograms;

/// <summary>A native histogram as it is sent and stored, with whole counts or with floats; the default is none.</summary>
public readonly struct NativeHistogram
{
    /// <summary>Buckets, bounds and spans that a histogram may have in all; upstream has no such limit.</summary>
    public const int MaxParts = 25_000;

    private readonly object? _histogram;

    /// <summary>One with whole counts.</summary>
    public NativeHistogram(IntegerHistogram histogram)
    {
        _histogram = histogram;
    }

    /// <summary>One with floats.</summary>
    public NativeHistogram(FloatHistogram histogram)
    {
        _histogram = histogram;
    }

    /// <summary>Whether there is none.</summary>
    public bool IsNone => _histogram is null;

    /// <summary>The histogram where its counts are whole, else null.</summary>
    public IntegerHistogram? Integers => _histogram as IntegerHistogram;

    /// <summary>The histogram where its counts are floats, else null; see <see cref="ToFloat"/>.</summary>
    public FloatHistogram? Floats => _histogram as FloatHistogram;

    /// <summary>The sum of all observations, or the staleness marker. Not for none.</summary>
    public double Sum => _histogram is IntegerHistogram integers ? integers.Sum : ((FloatHistogram)_histogram!).Sum;

    /// <summary>Buckets, bounds and spans together.</summary>
    public int Parts => _histogram switch
    {
        IntegerHistogram h => h.PositiveDeltas.Length + h.NegativeDeltas.Length + h.CustomValues.Length + h.PositiveSpans.Length + h.NegativeSpans.Length,
        FloatHistogram h => h.PositiveBuckets.Length + h.NegativeBuckets.Length + h.CustomValues.Length + h.PositiveSpans.Length + h.NegativeSpans.Length,
        _ => 0,
    };

    /// <summary>What is wrong with a histogram from outside, in upstream's words; null when nothing is, as with a staleness marker. Not for none.</summary>
    public string? Validate()
    {
        int parts = Parts;
        if (parts > MaxParts)
        {
            return string.Create(CultureInfo.InvariantCulture, $"histogram has {parts} buckets, spans and custom bounds, more than {MaxParts}");
        }

        return _histogram is IntegerHistogram integers ? integers.Validate() : ((FloatHistogram)_histogram!).Validate();
    }

    /// <summary>The histogram to compute with. Not for none.</summary>
    public FloatHistogram ToFloat() => _histogram is IntegerHistogram integers ? integers.ToFloat() : (FloatHistogram)_histogram!;
}
