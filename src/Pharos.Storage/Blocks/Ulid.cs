using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Pharos.Storage.Blocks;

/// <summary>Name of a block: 48 bits of time and 80 random ones, as 26 characters that sort by time. Format: github.com/ulid/spec.</summary>
public readonly record struct Ulid : IComparable<Ulid>
{
    /// <summary>Characters of the text.</summary>
    public const int TextLength = 26;

    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private readonly UInt128 _bits;

    private Ulid(UInt128 bits) => _bits = bits;

    /// <summary>When it was made, milliseconds since the Unix epoch.</summary>
    public long Time => (long)(_bits >> 80);

    /// <summary>Whether the left one sorts before the right one.</summary>
    public static bool operator <(Ulid left, Ulid right) => left._bits < right._bits;

    /// <summary>Whether the left one sorts after the right one.</summary>
    public static bool operator >(Ulid left, Ulid right) => left._bits > right._bits;

    /// <summary>Whether the left one sorts before the right one or is it.</summary>
    public static bool operator <=(Ulid left, Ulid right) => left._bits <= right._bits;

    /// <summary>Whether the left one sorts after the right one or is it.</summary>
    public static bool operator >=(Ulid left, Ulid right) => left._bits >= right._bits;

    /// <summary>A new one. Two of the same time differ by chance alone.</summary>
    public static Ulid New(TimeProvider clock)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        UInt128 bits = (UInt128)(ulong)clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (byte b in random)
        {
            bits = (bits << 8) | b;
        }

        return new Ulid(bits);
    }

    /// <summary>Reads the text; upper case as upstream writes it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Ulid ulid)
    {
        ulid = default;
        if (text is null || text.Length != TextLength || text[0] > '7')
        {
            return false;
        }

        UInt128 bits = 0;
        foreach (char c in text)
        {
            int digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            bits = (bits << 5) | (uint)digit;
        }

        ulid = new Ulid(bits);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Ulid other) => _bits.CompareTo(other._bits);

    /// <inheritdoc/>
    public override string ToString() => string.Create(TextLength, _bits, static (text, bits) =>
    {
        for (int i = TextLength - 1; i >= 0; i--)
        {
            text[i] = Digits[(int)(bits & 31)];
            bits >>= 5;
        }
    });
}
