using Pharos.Core.Buffers;
using Pharos.Remote.Reading;
using Pharos.Testing;

namespace Pharos.Remote.Tests.Reading;

/// <summary>Bodies of requests and answers.</summary>
internal static class ReadBodies
{
    public static byte[] Of(IReadOnlyList<ReadQuery> queries, params ulong[] accepted)
    {
        var message = new MessageWriter();
        new ReadRequest(queries, accepted).Write(message);
        return WriteRequestBuilder.CompressToLiterals(message.Written.Span);
    }

    public static byte[] Decompress(ReadOnlySpan<byte> body)
    {
        Assert.True(SnappyBlock.TryGetDecompressedLength(body, out int length));
        byte[] message = new byte[length];
        Assert.True(SnappyBlock.TryDecompress(body, message, out int written));
        Assert.Equal(length, written);
        return message;
    }

    /// <summary>All frames, one after the other.</summary>
    public static byte[] Join(RemoteReadAnswer answer)
    {
        var all = new List<byte>();
        foreach (ReadOnlyMemory<byte> frame in answer.Frames(TestContext.Current.CancellationToken))
        {
            all.AddRange(frame.Span);
        }

        return [.. all];
    }

    public static async Task<List<RemoteSeries>> ReadStreamAsync(byte[] stream, long maxFrameBytes = 1 << 20)
    {
        var series = new RemoteSeriesList([], long.MinValue, long.MaxValue);
        await new ChunkStreamReader(maxFrameBytes, new PlainCodec()).ReadAsync(new MemoryStream(stream), series, TestContext.Current.CancellationToken);
        return series.Complete();
    }

    public static string Text(RemoteSeries series)
    {
        var buffer = new Core.Samples.SampleBuffer();
        series.Read(long.MinValue, long.MaxValue, buffer);
        var samples = new List<string>();
        for (int i = 0; i < buffer.Count; i++)
        {
            string value = buffer.HasHistograms && buffer.Histograms[i] is { } histogram ? histogram.ToText() : $"{buffer.Values[i]}";
            samples.Add($"{value}@{buffer.Timestamps[i]}");
        }

        return $"{series.Labels} {string.Join(' ', samples)}";
    }
}
