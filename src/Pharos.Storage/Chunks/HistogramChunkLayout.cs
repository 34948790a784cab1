using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Pharos.Core.Histograms;

namespace Pharos.Storage.Chunks;

/// <summary>What all histograms of a chunk have in common: it stands before the first one. Format: docs/formats/chunk.md.</summary>
/// <param name="Schema">Upstream's schema, also one that is finer or coarser than what is computed with.</param>
/// <param name="ZeroThreshold">Width of the zero bucket.</param>
/// <param name="PositiveSpans">Where the positive buckets are.</param>
/// <param name="NegativeSpans">Where the negative buckets are.</param>
/// <param name="CustomValues">The bounds, where the schema says that they are given.</param>
internal sealed record HistogramChunkLayout(
    int Schema, double ZeroThreshold, ImmutableArray<BucketSpan> PositiveSpans, ImmutableArray<BucketSpan> NegativeSpans, ImmutableArray<double> CustomValues)
{
    // The exponents of thresholds that take one byte are stored with this added.
    private const int ThresholdBias = 243;
    private const int MinKnownSchema = -9;
    private const int MaxKnownSchema = 52;
    private const int MaxIndex = int.MaxValue / 2;

    // Bounds that take no more bits as a number of thousandths than as a float.
    private const double MaxThousandths = 33554430;

    public int PositiveCount { get; } = CountOf(PositiveSpans);

    public int NegativeCount { get; } = CountOf(NegativeSpans);

    public int BucketCount => PositiveCount + NegativeCount;

    /// <summary>Whether every bucket comes behind the one before. Upstream up to 3.5 wrote chunks that go back when it filled in empty buckets on both sides.</summary>
    public bool IsOrdered { get; } = AreOrdered(PositiveSpans) && AreOrdered(NegativeSpans);

    public static bool IsKnown(int schema) => schema is (>= MinKnownSchema and <= MaxKnownSchema) or FloatHistogram.CustomBucketsSchema;

    /// <summary>Writes what <see cref="TryRead"/> reads.</summary>
    public static void Write(
        BitWriter bits, int schema, double zeroThreshold, ReadOnlySpan<BucketSpan> positiveSpans, ReadOnlySpan<BucketSpan> negativeSpans, ReadOnlySpan<double> customValues)
    {
        WriteThreshold(bits, zeroThreshold);
        bits.PutVarbit(schema);
        WriteSpans(bits, positiveSpans);
        WriteSpans(bits, negativeSpans);
        if (schema != FloatHistogram.CustomBucketsSchema)
        {
            return;
        }

        bits.PutUnsignedVarbit((ulong)customValues.Length);
        foreach (double bound in customValues)
        {
            WriteBound(bits, bound);
        }
    }

    /// <summary>Reads the layout; all that it claims to have fits into the bits that are left.</summary>
    public static bool TryRead(ref BitReader bits, [NotNullWhen(true)] out HistogramChunkLayout? layout, [NotNullWhen(false)] out string? error)
    {
        layout = null;
        double threshold = ReadThreshold(ref bits);
        long schema = bits.ReadVarbit();
        if (bits.Failed || !IsKnown((int)Math.Clamp(schema, int.MinValue, int.MaxValue)))
        {
            error = bits.Failed
                ? "a histogram chunk ends inside its layout"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"histogram has an unknown schema, which must be between {MinKnownSchema} and {MaxKnownSchema} for exponential buckets, "
                    + $"or {FloatHistogram.CustomBucketsSchema} for custom buckets, got schema {schema}");
            return false;
        }

        ImmutableArray<double> bounds = [];
        if (!TryReadSpans(ref bits, out ImmutableArray<BucketSpan> positive)
            || !TryReadSpans(ref bits, out ImmutableArray<BucketSpan> negative)
            || (schema == FloatHistogram.CustomBucketsSchema && !TryReadBounds(ref bits, out bounds)))
        {
            error = bits.Failed ? "a histogram chunk ends inside its layout" : "the spans of a histogram chunk are out of range";
            return false;
        }

        layout = new HistogramChunkLayout((int)schema, threshold, positive, negative, bounds);
        error = null;
        return true;
    }

    // A zero byte for 0; for a power of two from 2^-243 to 2^10 a byte of its exponent; else 255 and the float.
    private static void WriteThreshold(BitWriter bits, double threshold)
    {
        if (threshold == 0)
        {
            bits.Put(0, 8);
            return;
        }

        ulong raw = BitConverter.DoubleToUInt64Bits(threshold);
        int exponent = (int)((raw >> 52) & 0x7ff) - 1022;
        if ((raw & ((1UL << 52) - 1)) == 0 && threshold > 0 && exponent is >= 1 - ThresholdBias and <= 254 - ThresholdBias)
        {
            bits.Put((ulong)(exponent + ThresholdBias), 8);
            return;
        }

        bits.Put(255, 8);
        bits.Put(raw, 64);
    }

    private static double ReadThreshold(ref BitReader bits)
    {
        int first = (int)bits.Read(8);
        return first switch
        {
            0 => 0,
            255 => bits.ReadDouble(),
            _ => Math.ScaleB(0.5, first - ThresholdBias),
        };
    }

    private static void WriteSpans(BitWriter bits, ReadOnlySpan<BucketSpan> spans)
    {
        bits.PutUnsignedVarbit((ulong)spans.Length);
        foreach (BucketSpan span in spans)
        {
            bits.PutUnsignedVarbit((uint)span.Length);
            bits.PutVarbit(span.Offset);
        }
    }

    // A span takes two bits at least, and each of its buckets one in every sample.
    private static bool TryReadSpans(ref BitReader bits, out ImmutableArray<BucketSpan> result)
    {
        result = [];
        ulong count = bits.ReadUnsignedVarbit();
        if (bits.Failed || count > (ulong)bits.Remaining / 2)
        {
            return false;
        }

        var spans = new BucketSpan[(int)count];
        long end = 0;
        long buckets = 0;
        for (int i = 0; i < spans.Length; i++)
        {
            ulong length = bits.ReadUnsignedVarbit();
            long offset = bits.ReadVarbit();
            if (bits.Failed || length > (ulong)bits.Remaining || offset is < -MaxIndex or > MaxIndex)
            {
                return false;
            }

            buckets += (long)length;
            end += offset + (long)length;
            spans[i] = new BucketSpan((int)offset, (int)length);
            if (buckets > bits.Remaining || end is < -MaxIndex or > MaxIndex)
            {
                return false;
            }
        }

        result = ImmutableCollectionsMarshal.AsImmutableArray(spans);
        return true;
    }

    // A whole number of thousandths, and one; or a zero bit and the float.
    private static void WriteBound(BitWriter bits, double bound)
    {
        double thousandths = bound * 1000;
        double whole = Math.Round(thousandths, MidpointRounding.AwayFromZero);
        if (thousandths is >= 0 and <= MaxThousandths && whole / 1000 == bound)
        {
            bits.PutUnsignedVarbit((ulong)whole + 1);
            return;
        }

        bits.Put(0, 1);
        bits.Put(BitConverter.DoubleToUInt64Bits(bound), 64);
    }

    private static bool TryReadBounds(ref BitReader bits, out ImmutableArray<double> result)
    {
        const int LeastBits = 5;
        result = [];
        ulong count = bits.ReadUnsignedVarbit();
        if (bits.Failed || count > (ulong)bits.Remaining / LeastBits)
        {
            return false;
        }

        double[] bounds = new double[(int)count];
        for (int i = 0; i < bounds.Length; i++)
        {
            ulong raw = bits.ReadUnsignedVarbit();
            bounds[i] = raw == 0 ? bits.ReadDouble() : (raw - 1) / 1000.0;
        }

        result = ImmutableCollectionsMarshal.AsImmutableArray(bounds);
        return !bits.Failed;
    }

    private static bool AreOrdered(ImmutableArray<BucketSpan> spans)
    {
        for (int i = 1; i < spans.Length; i++)
        {
            if (spans[i].Offset < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int CountOf(ImmutableArray<BucketSpan> spans)
    {
        int count = 0;
        foreach (BucketSpan span in spans)
        {
            count += span.Length;
        }

        return count;
    }
}
