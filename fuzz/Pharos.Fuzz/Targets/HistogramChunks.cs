using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;

namespace Pharos.Fuzz.Targets;

/// <summary>
/// Any bytes behind one of the encoding are a chunk or are refused with a word, in bounded memory; what decodes as histograms is the same when it is encoded and decoded again.
/// </summary>
internal static class HistogramChunks
{
    private static readonly ChunkEncoding[] Encodings =
        [ChunkEncoding.Histogram, ChunkEncoding.FloatHistogram, ChunkEncoding.HistogramWithStart, ChunkEncoding.FloatHistogramWithStart, ChunkEncoding.Xor2];

    /// <summary>Heads and runs of bits.</summary>
    public static IReadOnlyList<string> Words { get; } = ["\0", "\u0001", "\0\u0003\0", "\0\u0002\u0040", "\u007f", "~~~~", "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000", "UUUU", "\u0055\u002a"];

    public static void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        ChunkEncoding encoding = Encodings[input[0] % Encodings.Length];
        var buffer = new SampleBuffer();
        long before = GC.GetAllocatedBytesForCurrentThread();
        if (encoding == ChunkEncoding.Xor2)
        {
            new Xor2Decoder(input[1..]).TryAppend(buffer);
            return;
        }

        bool isDecoded = ChunkDecoder.TryAppendHistograms(input[1..], encoding, long.MinValue, long.MaxValue, buffer, out string? error);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > 200_000 + (2000L * input.Length))
        {
            throw new FuzzFailureException($"{input.Length} bytes took {allocated} of memory");
        }

        if (!isDecoded && string.IsNullOrEmpty(error))
        {
            throw new FuzzFailureException("refused without a word");
        }

        if (isDecoded)
        {
            EncodeAgain(input[1..], encoding);
        }
    }

    private static void EncodeAgain(ReadOnlySpan<byte> chunk, ChunkEncoding encoding)
    {
        var samples = new List<(long Time, NativeHistogram Histogram)>();
        var chunks = new List<(ChunkEncoding Encoding, byte[] Bytes)>();
        var reader = new HistogramChunkReader(chunk, encoding);
        using var builder = new HistogramChunkBuilder();
        while (reader.MoveNext())
        {
            NativeHistogram histogram = reader.ToNative();
            samples.Add((reader.Time, histogram));
            if (!builder.TryAppend(reader.Time, histogram))
            {
                Take(builder, chunks);
                builder.Begin(reader.Time, histogram);
            }
        }

        reader.Dispose();
        Take(builder, chunks);
        int at = 0;
        foreach ((ChunkEncoding written, byte[] bytes) in chunks)
        {
            var again = new HistogramChunkReader(bytes, written);
            while (again.MoveNext())
            {
                (long time, NativeHistogram expected) = samples[at++];
                NativeHistogram actual = again.ToNative();
                if (again.Time != time || expected.Integers is null != actual.Integers is null || !IsSame(expected.ToFloat(), actual.ToFloat()))
                {
                    throw new FuzzFailureException($"{expected.ToFloat().ToText()} at {time} became {actual.ToFloat().ToText()} at {again.Time}");
                }
            }

            again.Dispose();
            if (again.Error is not null)
            {
                throw new FuzzFailureException(again.Error);
            }
        }

        if (at != samples.Count)
        {
            throw new FuzzFailureException($"{samples.Count} samples became {at}");
        }
    }

    // A zero bucket that is no number is equal to none, and empty buckets may come in.
    private static bool IsSame(FloatHistogram left, FloatHistogram right) =>
        double.IsNaN(left.ZeroThreshold) || Staleness.IsMarker(left.Sum) || left.Compact().ContentEquals(right.Compact());

    private static void Take(HistogramChunkBuilder builder, List<(ChunkEncoding Encoding, byte[] Bytes)> chunks)
    {
        if (builder.Count > 0)
        {
            byte[] bytes = new byte[builder.Length];
            builder.CopyTo(bytes);
            chunks.Add((builder.Encoding, bytes));
            builder.Drop();
        }
    }
}
