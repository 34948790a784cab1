using System.Text;
using Pharos.Core.Buffers;

namespace Pharos.Core.Tests.Buffers;

public class SnappyBlockTests
{
    [Fact]
    public void Known_blocks_decode_to_their_text()
    {
        Assert.Equal("", Text([0]));
        Assert.Equal("abc", Text([3, 2 << 2, .. "abc"u8]));
        Assert.Equal("abababab", Text([8, 1 << 2, .. "ab"u8, 1 | (2 << 2), 2]));
        Assert.Equal("aaaaaaaaaa", Text([10, 0, (byte)'a', 2 | (8 << 2), 1, 0]));
        Assert.Equal("xyxy", Text([4, 1 << 2, .. "xy"u8, 3 | (1 << 2), 2, 0, 0, 0]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ff ff ff ff ff 01")]
    [InlineData("ff ff ff ff 0f")]
    [InlineData("03 08 61 62")]
    [InlineData("05 08 61 62 63")]
    [InlineData("02 08 61 62 63")]
    [InlineData("08 04 61 62 09 00")]
    [InlineData("08 04 61 62 09 03")]
    [InlineData("08 04 61 62 0a 03")]
    [InlineData("08 04 61 62 01")]
    [InlineData("08 f0")]
    [InlineData("08 fc ff ff ff ff 61")]
    public void A_block_that_is_not_valid_is_refused(string hex)
    {
        byte[] block = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.False(SnappyBlock.TryDecompress(block, new byte[1024], out _));
        Assert.Null(PlainSnappy.Decompress(block, 1024));
    }

    [Fact]
    public void The_claimed_length_is_read_without_decoding()
    {
        Assert.True(SnappyBlock.TryGetDecompressedLength([0xff, 0xff, 0xff, 0xff, 0x07], out int length));
        Assert.Equal(int.MaxValue, length);
        Assert.False(SnappyBlock.TryGetDecompressedLength([0x80, 0x80, 0x80, 0x80, 0x08], out _));
        Assert.False(SnappyBlock.TryGetDecompressedLength([0x80], out _));
        Assert.False(SnappyBlock.TryDecompress([0xff, 0xff, 0xff, 0xff, 0x07, 0], new byte[100], out _));
    }

    [Fact]
    public void What_was_compressed_comes_back_at_every_length()
    {
        var random = new Random(1);
        for (int length = 0; length < 300; length++)
        {
            RoundTrip(Data(random, length));
        }

        foreach (int length in new[] { 65535, 65536, 65537, 200_000 })
        {
            RoundTrip(Data(random, length));
            RoundTrip(new byte[length]);
            byte[] noise = new byte[length];
            random.NextBytes(noise);
            RoundTrip(noise);
        }
    }

    [Fact]
    public void Repeating_text_becomes_small()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("http_requests_total{code=\"200\"} 1\n", 500)));
        byte[] output = new byte[SnappyBlock.MaxCompressedLength(text.Length)];
        Assert.InRange(SnappyBlock.Compress(text, output), 1, text.Length / 10);
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SnappyBlock.Compress(new byte[10], new byte[10]));
    }

    [Fact]
    public void Mutated_blocks_give_the_plain_twins_answer_and_touch_nothing_outside()
    {
        var random = new Random(2);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] block = Compressed(Data(random, random.Next(400)));
            for (int edits = random.Next(4); edits >= 0; edits--)
            {
                block[random.Next(block.Length)] = (byte)random.Next(256);
            }

            block = block[..random.Next(block.Length + 1)];
            AssertLikeTwin(block, random.Next(2) == 0 ? 400 : 2000);
        }
    }

    [Fact]
    public void Random_elements_give_the_plain_twins_answer()
    {
        var random = new Random(3);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] block = new byte[random.Next(200)];
            for (int i = 0; i < block.Length; i++)
            {
                block[i] = (byte)(random.Next(3) == 0 ? random.Next(16) : random.Next(256));
            }

            AssertLikeTwin(block, 4096);
        }
    }

    private static void AssertLikeTwin(byte[] block, int limit)
    {
        const byte guard = 0xA5;
        byte[] output = new byte[limit + 128];
        output.AsSpan().Fill(guard);
        byte[]? expected = PlainSnappy.Decompress(block, limit);
        bool valid = SnappyBlock.TryDecompress(block, output.AsSpan(64, limit), out int written);
        Assert.Equal(expected is not null, valid);
        Assert.True(output.AsSpan(0, 64).IndexOfAnyExcept(guard) < 0);
        Assert.True(output.AsSpan(64 + limit).IndexOfAnyExcept(guard) < 0);
        if (expected is not null)
        {
            Assert.Equal(expected, output.AsSpan(64, written).ToArray());
        }
    }

    private static void RoundTrip(byte[] data)
    {
        byte[] block = Compressed(data);
        Assert.Equal(data, PlainSnappy.Decompress(block, data.Length));
        byte[] output = new byte[data.Length];
        Assert.True(SnappyBlock.TryDecompress(block, output, out int written));
        Assert.Equal(data.Length, written);
        Assert.Equal(data, output);
    }

    private static byte[] Compressed(byte[] data)
    {
        byte[] output = new byte[SnappyBlock.MaxCompressedLength(data.Length)];
        return output[..SnappyBlock.Compress(data, output)];
    }

    // Runs, repeats at all distances and noise.
    private static byte[] Data(Random random, int length)
    {
        byte[] data = new byte[length];
        for (int at = 0; at < length;)
        {
            int run = Math.Min(length - at, 1 + random.Next(70));
            if (at > 0 && random.Next(3) > 0)
            {
                int distance = 1 + random.Next(Math.Min(at, random.Next(2) == 0 ? 9 : 5000));
                for (int i = 0; i < run; i++)
                {
                    data[at + i] = data[at + i - distance];
                }
            }
            else
            {
                random.NextBytes(data.AsSpan(at, run));
            }

            at += run;
        }

        return data;
    }

    private static string Text(byte[] block)
    {
        byte[] output = new byte[100];
        Assert.True(SnappyBlock.TryDecompress(block, output, out int written));
        return Encoding.UTF8.GetString(output, 0, written);
    }
}
