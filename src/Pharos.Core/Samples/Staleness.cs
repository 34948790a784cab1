namespace Pharos.Core.Samples;

/// <summary>The staleness marker: one NaN bit pattern that says a series has no value from this time on.</summary>
public static class Staleness
{
    /// <summary>Bits of the marker, upstream's <c>StaleNaN</c>.</summary>
    public const ulong MarkerBits = 0x7ff0000000000002;

    /// <summary>Bits of the NaN that arithmetic and parsed text give, upstream's <c>NormalNaN</c>.</summary>
    public const ulong NormalNaNBits = 0x7ff8000000000001;

    /// <summary>The marker as a value. Compare with <see cref="IsMarker"/>, never with <c>==</c>.</summary>
    public static double Marker { get; } = BitConverter.UInt64BitsToDouble(MarkerBits);

    /// <summary>Upstream's ordinary NaN.</summary>
    public static double NormalNaN { get; } = BitConverter.UInt64BitsToDouble(NormalNaNBits);

    /// <summary>Whether the value is the marker, by its bits.</summary>
    public static bool IsMarker(double value) => BitConverter.DoubleToUInt64Bits(value) == MarkerBits;
}
