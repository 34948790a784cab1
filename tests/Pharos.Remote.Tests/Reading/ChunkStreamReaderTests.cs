using Pharos.Core.Labels;
using Pharos.Remote.Reading;

namespace Pharos.Remote.Tests.Reading;

public sealed class ChunkStreamReaderTests
{
    private readonly byte[] _stream = Make();

    [Fact]
    public async Task A_series_over_several_frames_is_one_series()
    {
        List<RemoteSeries> series = await ReadBodies.ReadStreamAsync(_stream);
        Assert.Equal(["{__name__=\"a\"} 0@0 1@1 2@2 3@3 4@4 5@5 6@6 7@7 8@8 9@9", "{__name__=\"b\"} 1@1"], series.Select(ReadBodies.Text));
    }

    [Fact]
    public async Task A_stream_that_ends_anywhere_but_between_frames_is_told()
    {
        int whole = 0;
        for (int length = 0; length < _stream.Length; length++)
        {
            try
            {
                await ReadBodies.ReadStreamAsync(_stream[..length]);
                whole++;
            }
            catch (InvalidDataException e)
            {
                Assert.Equal("the stream ends inside a frame", e.Message);
            }
        }

        Assert.Equal(FrameCount(), whole);
    }

    [Fact]
    public async Task Any_flipped_bit_is_found()
    {
        for (int bit = 0; bit < _stream.Length * 8; bit++)
        {
            byte[] flipped = [.. _stream];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadBodies.ReadStreamAsync(flipped));
        }
    }

    [Fact]
    public async Task A_frame_beyond_the_limit_is_refused_before_it_is_read()
    {
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => ReadBodies.ReadStreamAsync([0xff, 0xff, 0x7f, 0], 100));
        Assert.Equal("chunkedReader: message size exceeded the limit 100 bytes; got: 2097151 bytes", refused.Message);
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadBodies.ReadStreamAsync([.. Enumerable.Repeat((byte)0xff, 20)]));
    }

    [Fact]
    public void Series_of_one_name_are_merged_by_time_and_of_two_samples_at_a_time_the_first_stays()
    {
        var list = new RemoteSeriesList(["replica"], 2, 9);
        list.Add(Labels.Of("__name__", "a", "replica", "1"), Buffer((1, 1), (3, 3), (5, 5)));
        list.Add(Labels.Of("__name__", "a", "replica", "2"), Buffer((2, 20), (3, 30), (9, 90), (10, 100)));
        RemoteSeries series = list.Complete().Single();
        Assert.Equal("{__name__=\"a\"} 20@2 3@3 5@5 90@9", ReadBodies.Text(series));
        Assert.True(series.TryReadLast(0, 8, out Core.Samples.Sample last));
        Assert.Equal(5, last.Timestamp);
        Assert.False(series.TryReadLast(6, 8, out _));
        Assert.True(series.TryReadLast(0, long.MaxValue, out last));
        Assert.Equal(9, last.Timestamp);
    }

    private static Core.Samples.SampleBuffer Buffer(params (long Time, double Value)[] samples)
    {
        var buffer = new Core.Samples.SampleBuffer();
        foreach ((long time, double value) in samples)
        {
            buffer.Add(time, value);
        }

        return buffer;
    }

    private static byte[] Make() => ReadBodies.Join(Answer());

    private static int FrameCount() => Answer().Frames(TestContext.Current.CancellationToken).Count();

    private static RemoteReadAnswer Answer()
    {
        ListedSource source = new ListedSource()
            .Add(Labels.Of("__name__", "a"), [.. Enumerable.Range(0, 10).Select(static i => ((long)i, (double)i))])
            .Add(Labels.Of("__name__", "b"), (1, 1));
        using var server = new RemoteReadServer(source, new PlainCodec(), new RemoteReadLimits { MaxBytesInFrame = 100 });
        return server.Read(ReadBodies.Of([new ReadQuery(0, 1000, [])], ReadRequest.StreamedChunks), Labels.Empty);
    }
}
