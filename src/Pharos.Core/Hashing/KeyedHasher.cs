using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Pharos.Core.Hashing;

/// <summary>
/// A keyed 128-bit hash of bytes, to be used as identity. For any two inputs chosen without knowledge of the key the chance of equal hashes is at most
/// (1 + length / 1024) / 2^64. Values mean nothing outside the object that made them. Immutable, usable from any thread.
/// </summary>
/// <remarks>
/// NH, the universal hash of UMAC, with 64-bit words: the sum of (m1 + k1) * (m2 + k2) modulo 2^128, plus length times a random odd number, then a bijection that spreads the
/// bits. One multiplication per 16 bytes, no special instruction. docs/decisions/0021 says why not AES rounds.
/// Pointers: the last, incomplete 16 bytes are copied to the stack first, so nothing outside the input is read.
/// </remarks>
public sealed unsafe class KeyedHasher
{
    private const int BlockBytes = 1024;
    private const int KeyWords = 2 + (BlockBytes / 8);
    private readonly ulong[] _key;
    private readonly UInt128 _lengthFactor;

    /// <summary>A hasher with this key; for tests. Keys of the product come from <see cref="CreateRandom"/>.</summary>
    /// <param name="seed">Any bytes; expanded to the key by SHA-512.</param>
    public KeyedHasher(ReadOnlySpan<byte> seed)
    {
        // Pinned, so that the pointer to it costs nothing per hash.
        _key = GC.AllocateUninitializedArray<ulong>(KeyWords + 2, pinned: true);
        Span<byte> bytes = MemoryMarshal.AsBytes(_key.AsSpan());
        Span<byte> block = stackalloc byte[64 + 4];
        SHA512.HashData(seed, block);
        for (int at = 0, i = 0; at < bytes.Length; at += 64, i++)
        {
            BitConverter.TryWriteBytes(block[64..], i);
            Span<byte> digest = SHA512.HashData(block);
            digest[..Math.Min(64, bytes.Length - at)].CopyTo(bytes[at..]);
        }

        _lengthFactor = new UInt128(_key[KeyWords], _key[KeyWords + 1] | 1);
    }

    /// <summary>A hasher with a random key.</summary>
    public static KeyedHasher CreateRandom()
    {
        Span<byte> seed = stackalloc byte[64];
        RandomNumberGenerator.Fill(seed);
        return new KeyedHasher(seed);
    }

    /// <summary>The hash of the bytes. Allocates nothing.</summary>
    public Hash128 Hash(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        fixed (ulong* key = _key)
        {
            UInt128 sum = _lengthFactor * ((ulong)bytes.Length + 1);
            byte* at = start;
            int left = bytes.Length;
            while (left > BlockBytes)
            {
                sum += Sum(at, BlockBytes, key + 2);
                Hash128 state = Spread(sum);
                sum = Product(state.Low + key[0], state.High + key[1]);
                at += BlockBytes;
                left -= BlockBytes;
            }

            return Spread(sum + Sum(at, left, key + 2));
        }
    }

    private static UInt128 Sum(byte* at, int length, ulong* key)
    {
        ulong low = 0;
        ulong high = 0;
        for (; length >= 16; length -= 16, at += 16, key += 2)
        {
            ulong productHigh = Math.BigMul(((ulong*)at)[0] + key[0], ((ulong*)at)[1] + key[1], out ulong productLow);
            low += productLow;
            high += productHigh + (low < productLow ? 1UL : 0UL);
        }

        if (length > 0)
        {
            ulong* last = stackalloc ulong[2];
            last[0] = 0;
            last[1] = 0;
            Buffer.MemoryCopy(at, last, 16, length);
            return new UInt128(high, low) + Product(last[0] + key[0], last[1] + key[1]);
        }

        return new UInt128(high, low);
    }

    private static UInt128 Product(ulong x, ulong y)
    {
        ulong high = Math.BigMul(x, y, out ulong low);
        return new UInt128(high, low);
    }

    // Each step can be undone (odd factor, xor with a shift of itself, adding the other half), so that no two sums give one hash.
    private static Hash128 Spread(UInt128 sum)
    {
        ulong low = (ulong)sum;
        ulong high = (ulong)(sum >> 64);
        low += high;
        low = (low ^ (low >> 32)) * 0xd6e8feb86659fd93;
        high += low ^ (low >> 29);
        high = (high ^ (high >> 32)) * 0x9fb21c651e98df25;
        low += high ^ (high >> 31);
        low = (low ^ (low >> 30)) * 0xbf58476d1ce4e5b9;
        high += low ^ (low >> 27);
        return new Hash128(low, high ^ (high >> 32));
    }
}
