using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Native;
using Pharos.Storage.Tests.Chunks;

namespace Pharos.Storage.Tests.Head;

public sealed unsafe class XorAppenderTests : IDisposable
{
    private readonly BlockPool _blocks = new(1L << 30);
    private readonly ClosedChunks _chunks = new(1L << 30);
    private readonly List<uint> _retired = [];
    private readonly XorAppender _appender;

    public XorAppenderTests()
    {
        _appender = new XorAppender(_blocks, _chunks, null, _retired.Add);
    }

    [Fact]
    public void A_line_is_one_cache_line() => Assert.Equal((64, 32), (sizeof(HotLine), sizeof(ClosedChunk)));

    [Fact]
    public void Chunks_are_byte_for_byte_those_of_the_plain_twin_cut_at_the_same_places()
    {
        var random = new Random(3);
        for (int round = 0; round < 400; round++)
        {
            Sample[] samples = SampleSequences.Random(random, 1 + random.Next(2000));
            HotLine line = default;
            var plain = new PlainHead();
            foreach (Sample sample in samples)
            {
                _appender.Append(&line, sample.Timestamp, BitConverter.DoubleToUInt64Bits(sample.Value));
                plain.Append(sample);
            }

            AssertSame(plain.Chunks, line);
        }

        Assert.NotEmpty(_retired);
    }

    [Fact]
    public void A_steady_series_is_cut_into_about_120_samples_that_end_with_the_range()
    {
        HotLine line = default;
        var plain = new PlainHead();
        for (int i = 0; i < 480 * 3; i++)
        {
            long time = 1_700_000_000_000 + (i * 15_000);
            _appender.Append(&line, time, (ulong)i);
            plain.Append(new Sample(time, BitConverter.UInt64BitsToDouble((ulong)i)));
        }

        Assert.InRange(plain.Chunks.Count, 12, 14);
        AssertSame(plain.Chunks, line);
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _chunks.Dispose();
    }

    private void AssertSame(List<PlainXorChunk> expected, HotLine line)
    {
        byte[] flat = new byte[2048];
        int last = expected.Count - 1;
        fixed (byte* start = flat)
        {
            int length = XorAppender.Flatten(line, _blocks, start);
            Assert.Equal(expected[last].Bits, flat.AsSpan(0, length).ToArray());
        }

        Assert.Equal((expected[last].Count, expected[last].FirstTime, expected[last].LastTime), (line.Count, line.FirstTime, line.Time));
        uint at = line.Closed;
        for (int i = last - 1; i >= 0; i--)
        {
            ClosedChunk* chunk = _chunks.At(at);
            Assert.Equal((expected[i].Count, expected[i].FirstTime, expected[i].LastTime), (chunk->Count, chunk->MinTime, chunk->MaxTime));
            Assert.Equal(expected[i].Bits, new ReadOnlySpan<byte>(_chunks.BitsOf(chunk), chunk->BitsLength).ToArray());
            Assert.Equal(expected[i].Count, _chunks.View(chunk).Count);
            Assert.True(i == 0 || chunk->PreviousMaxTime == expected[i - 1].LastTime);
            at = chunk->Previous;
        }

        Assert.Equal(0u, at);
    }
}
