namespace Pharos.Core.Histograms;

/// <summary>Where buckets end: upstream's bounds in every bit, so that zero thresholds and texts agree.</summary>
internal static class BucketBounds
{
    private const int FinestTableSchema = 8;
    private const int MaxExponent = 1024;

    /// <summary>The upper bound of a bucket: exponential of the schema, or the given bounds. Infinite beyond the last one, -Inf before the first one.</summary>
    public static double Upper(int index, int schema, ReadOnlySpan<double> customValues)
    {
        if (schema != FloatHistogram.CustomBucketsSchema)
        {
            return Exponential(index, schema);
        }

        return index < 0 ? double.NegativeInfinity : index < customValues.Length ? customValues[index] : double.PositiveInfinity;
    }

    /// <summary>The upper bound of an exponential bucket, 2^(index·2^-schema). The bucket that ends with the greatest finite number ends there, not at infinity.</summary>
    public static double Exponential(int index, int schema)
    {
        if (schema <= 0)
        {
            // Exponents far out of range are all the same: 0 or infinity.
            long exponent = Math.Clamp((long)index << (int)Math.Min(-(long)schema, 30), -MaxExponent * 2, MaxExponent * 2);
            return exponent == MaxExponent ? double.MaxValue : Math.ScaleB(1, (int)exponent);
        }

        if (schema > FinestTableSchema)
        {
            return Math.Pow(2, Math.ScaleB(index, -schema));
        }

        int fraction = index & ((1 << schema) - 1);
        int power = (index >> schema) + 1;
        return fraction == 0 && power == MaxExponent + 1
            ? double.MaxValue
            : Math.ScaleB(BucketBoundTable.Fractions[fraction << (FinestTableSchema - schema)], power);
    }

    /// <summary>By how many halvings of the number of buckets the target schema is coarser; 31, which leaves two buckets, stands for more.</summary>
    public static int Shift(int schema, int targetSchema) => (int)Math.Min((long)schema - targetSchema, 31);

    /// <summary>The bucket of a coarser schema that holds the bucket.</summary>
    public static int Coarser(int index, int shift) => ((index - 1) >> shift) + 1;
}
