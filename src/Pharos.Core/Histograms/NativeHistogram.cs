namespace Pharos.Core.Histograms;

/// <summary>A native histogram as it is sent and stored, with whole counts or with floats; the default is none.</summary>
public readonly struct NativeHistogram
{
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

    /// <summary>The histogram to compute with. Not for none.</summary>
    public FloatHistogram ToFloat() => _histogram is IntegerHistogram integers ? integers.ToFloat() : (FloatHistogram)_histogram!;
}
