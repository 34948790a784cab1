namespace Pharos.Storage.Chunks;

/// <summary>Which bits of a value differed from the one before when that was last said.</summary>
/// <param name="Leading">Zeros before them, at most 31; <see cref="NoneLeading"/>: not said yet.</param>
/// <param name="Trailing">Zeros behind them.</param>
internal readonly record struct XorWindow(int Leading, int Trailing)
{
    public const int NoneLeading = 255;

    public static XorWindow None => new(NoneLeading, 0);

    public int Significant => 64 - Leading - Trailing;

    /// <summary>The window in 16 bits, for arrays of them.</summary>
    public long Packed => Leading | (Trailing << 8);

    public static XorWindow Unpack(long packed) => new((int)(packed & 0xff), (int)(packed >> 8));
}
