using System.Buffers.Binary;

namespace Pharos.Access.Passwords;

/// <summary>The cipher within bcrypt, with its expensive key setup (Provos and Mazières, 1999). Not for anything else.</summary>
internal sealed class Blowfish
{
    private const int Rounds = 16;
    private const int SubkeyCount = Rounds + 2;
    private const int BoxSize = 256;

    private static readonly Lazy<uint[]> Initial = new(static () => PiFraction.Words(SubkeyCount + (4 * BoxSize)));

    private readonly uint[] _subkeys;
    private readonly uint[] _boxes;

    /// <param name="key">1 to 72 bytes that count; further ones are never reached.</param>
    /// <param name="salt">16 bytes.</param>
    /// <param name="cost">The binary logarithm of the number of rounds.</param>
    public Blowfish(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, int cost)
    {
        _subkeys = Initial.Value[..SubkeyCount];
        _boxes = Initial.Value[SubkeyCount..];
        Expand(key, salt);
        for (long round = 1L << cost; round > 0; round--)
        {
            Expand(key, []);
            Expand(salt, []);
        }
    }

    public (uint Left, uint Right) Encrypt(uint left, uint right)
    {
        ReadOnlySpan<uint> subkeys = _subkeys.AsSpan(0, SubkeyCount);
        ReadOnlySpan<uint> boxes = _boxes.AsSpan(0, 4 * BoxSize);
        for (int i = 0; i < Rounds; i += 2)
        {
            left ^= subkeys[i];
            right ^= Mix(boxes, left);
            right ^= subkeys[i + 1];
            left ^= Mix(boxes, right);
        }

        return (right ^ subkeys[Rounds + 1], left ^ subkeys[Rounds]);
    }

    private static uint Mix(ReadOnlySpan<uint> boxes, uint x)
        => ((boxes[(int)(x >> 24)] + boxes[BoxSize + (int)((x >> 16) & 0xff)])
            ^ boxes[(2 * BoxSize) + (int)((x >> 8) & 0xff)])
            + boxes[(3 * BoxSize) + (int)(x & 0xff)];

    private void Expand(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        int position = 0;
        for (int i = 0; i < SubkeyCount; i++)
        {
            _subkeys[i] ^= NextWord(key, ref position);
        }

        (uint Left, uint Right) block = default;
        position = 0;
        Fill(_subkeys, salt, ref block, ref position);
        Fill(_boxes, salt, ref block, ref position);
    }

    private void Fill(uint[] words, ReadOnlySpan<byte> salt, ref (uint Left, uint Right) block, ref int position)
    {
        for (int i = 0; i < words.Length; i += 2)
        {
            if (salt.Length > 0)
            {
                block.Left ^= NextWord(salt, ref position);
                block.Right ^= NextWord(salt, ref position);
            }

            block = Encrypt(block.Left, block.Right);
            words[i] = block.Left;
            words[i + 1] = block.Right;
        }
    }

    /// <summary>The next four bytes of a text that repeats for ever.</summary>
    private static uint NextWord(ReadOnlySpan<byte> text, ref int position)
    {
        if (position + 4 <= text.Length)
        {
            uint whole = BinaryPrimitives.ReadUInt32BigEndian(text[position..]);
            position = position + 4 == text.Length ? 0 : position + 4;
            return whole;
        }

        uint word = 0;
        for (int i = 0; i < 4; i++)
        {
            word = (word << 8) | text[position];
            position = position + 1 == text.Length ? 0 : position + 1;
        }

        return word;
    }
}
