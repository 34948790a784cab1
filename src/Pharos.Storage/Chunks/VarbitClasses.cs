namespace Pharos.Storage.Chunks;

/// <summary>The classes of upstream's varbit integers: a prefix of ones and a zero, and how many bits follow it. The last prefix is eight ones without a zero.</summary>
internal static class VarbitClasses
{
    /// <summary>Bits behind a prefix of so many ones.</summary>
    public static int SizeOf(int ones) => Sizes[Math.Min(ones, 8)];

    private static ReadOnlySpan<byte> Sizes => [0, 3, 6, 9, 12, 18, 25, 56, 64];
}
