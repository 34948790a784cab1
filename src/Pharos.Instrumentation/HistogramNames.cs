using Pharos.Instrumentation.Exposition;

namespace Pharos.Instrumentation;

/// <summary>The names of a histogram's samples, put together once.</summary>
internal sealed class HistogramNames
{
    private readonly string _bucket;
    private readonly string _sum;
    private readonly string _count;
    private readonly double[] _bounds;

    public HistogramNames(string name, double[] bounds)
    {
        _bucket = name + "_bucket";
        _sum = name + "_sum";
        _count = name + "_count";
        _bounds = bounds;
    }

    /// <summary>Writes the buckets, each with all that is below it, then sum and count.</summary>
    public void Write(ExpositionWriter writer, ReadOnlySpan<byte> labels, Histogram histogram)
    {
        long below = 0;
        for (int bucket = 0; bucket < _bounds.Length; bucket++)
        {
            below += histogram.CountOf(bucket);
            writer.Bucket(_bucket, labels, _bounds[bucket], below);
        }

        below += histogram.CountOf(_bounds.Length);
        writer.Bucket(_bucket, labels, double.PositiveInfinity, below);
        writer.Sample(_sum, labels, histogram.Sum);
        writer.Sample(_count, labels, below);
    }
}
