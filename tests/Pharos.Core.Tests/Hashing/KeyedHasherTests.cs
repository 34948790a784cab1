using System.Buffers.Binary;
using System.Numerics;
using Pharos.Core.Hashing;

namespace Pharos.Core.Tests.Hashing;

public class KeyedHasherTests
{
    private readonly KeyedHasher _hasher = new("test"u8);

    [Fact]
    public void The_same_key_and_bytes_give_the_same_hash_wherever_they_lie()
    {
        byte[] data = new byte[5000];
        new Random(1).NextBytes(data);
        var twin = new KeyedHasher("test"u8);
        foreach (int length in new[] { 0, 1, 15, 16, 17, 190, 1023, 1024, 1025, 1040, 2048, 4000 })
        {
            byte[] shifted = new byte[length + 3];
            data.AsSpan(0, length).CopyTo(shifted.AsSpan(3));
            Assert.Equal(_hasher.Hash(data.AsSpan(0, length)), twin.Hash(shifted.AsSpan(3)));
            Assert.NotEqual(_hasher.Hash(data.AsSpan(0, length)), KeyedHasher.CreateRandom().Hash(data.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Prefixes_of_one_input_do_not_collide()
    {
        byte[] data = new byte[3000];
        new Random(4).NextBytes(data);
        var seen = new HashSet<Hash128>();
        for (int length = 0; length <= data.Length; length++)
        {
            Assert.True(seen.Add(_hasher.Hash(data.AsSpan(0, length))), $"length {length} collides");
        }
    }

    [Fact]
    public void Trailing_zero_bytes_count()
    {
        var seen = new HashSet<Hash128>();
        for (int length = 0; length < 3000; length++)
        {
            Assert.True(seen.Add(_hasher.Hash(new byte[length])));
        }
    }

    [Fact]
    public void Each_input_bit_turns_about_half_of_each_output_half()
    {
        foreach (int length in new[] { 8, 40, 190, 1100 })
        {
            byte[] data = new byte[length];
            new Random(length).NextBytes(data);
            Hash128 before = _hasher.Hash(data);
            long low = 0;
            long high = 0;
            for (int bit = 0; bit < length * 8; bit++)
            {
                data[bit / 8] ^= (byte)(1 << (bit % 8));
                Hash128 after = _hasher.Hash(data);
                data[bit / 8] ^= (byte)(1 << (bit % 8));
                low += BitOperations.PopCount(before.Low ^ after.Low);
                high += BitOperations.PopCount(before.High ^ after.High);
            }

            Assert.InRange((double)low / (length * 8), 30, 34);
            Assert.InRange((double)high / (length * 8), 30, 34);
        }
    }

    [Fact]
    public void Counters_spread_over_low_bits_high_bits_and_the_other_half()
    {
        const int count = 1 << 16;
        int[] buckets = new int[256];
        int[] tops = new int[256];
        int[] others = new int[256];
        byte[] data = new byte[24];
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(9), i);
            Hash128 hash = _hasher.Hash(data);
            buckets[hash.Low & 255]++;
            tops[hash.Low >> 56]++;
            others[hash.High & 255]++;
        }

        foreach (int[] histogram in new[] { buckets, tops, others })
        {
            double square = histogram.Sum(n => (n - (count / 256.0)) * (n - (count / 256.0)) / (count / 256.0));
            Assert.InRange(square, 150, 380);
        }
    }
}
