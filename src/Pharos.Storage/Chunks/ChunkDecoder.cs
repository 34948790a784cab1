using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pharos.Core.Samples;

namespace Pharos.Storage.Chunks;

/// <summary>Decodes chunks of every encoding that there is. The bytes may be anything.</summary>
internal static unsafe class ChunkDecoder
{
    /// <summary>
    /// Appends the samples of a chunk, at least those within the bounds: where decoding one costs more than the others, samples outside are left out. False when the chunk does
    /// not decode or its encoding is not known; the buffer's content means nothing then.
    /// </summary>
    public static bool TryAppend(in ChunkView chunk, long minTime, long maxTime, SampleBuffer buffer, [NotNullWhen(false)] out string? error)
    {
        switch (chunk.Encoding)
        {
            case ChunkEncoding.Xor:
                return TryAppendXor(chunk, buffer, out error);
            case ChunkEncoding.Xor2:
                error = new Xor2Decoder(chunk.Bytes).TryAppend(buffer) ? null : "an XOR2 chunk ends inside a sample";
                return error is null;
            case ChunkEncoding.Histogram:
            case ChunkEncoding.FloatHistogram:
            case ChunkEncoding.HistogramWithStart:
            case ChunkEncoding.FloatHistogramWithStart:
                return TryAppendHistograms(chunk.Bytes, chunk.Encoding, minTime, maxTime, buffer, out error);
            default:
                error = string.Create(CultureInfo.InvariantCulture, $"a chunk has the encoding {(byte)chunk.Encoding}, which is not known");
                return false;
        }
    }

    /// <summary>Whether samples of this encoding may be more than numbers.</summary>
    public static bool HasMoreThanNumbers(ChunkEncoding encoding) => encoding > ChunkEncoding.Xor;

    /// <summary>As <see cref="TryAppend"/>, of a chunk of histograms of which only the bytes are known.</summary>
    public static bool TryAppendHistograms(
        ReadOnlySpan<byte> chunk, ChunkEncoding encoding, long minTime, long maxTime, SampleBuffer buffer, [NotNullWhen(false)] out string? error)
    {
        var reader = new HistogramChunkReader(chunk, encoding);
        try
        {
            while (reader.MoveNext())
            {
                if (reader.Time < minTime)
                {
                    continue;
                }

                if (reader.Time > maxTime)
                {
                    break;
                }

                buffer.Add(reader.Time, reader.ToFloat());
                buffer.SetStartTimestamp(buffer.Count - 1, reader.StartTime);
            }

            error = reader.Error;
            return error is null;
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static bool TryAppendXor(in ChunkView chunk, SampleBuffer buffer, [NotNullWhen(false)] out string? error)
    {
        int count = chunk.Count;
        int length = chunk.Length - ChunkView.MinLength;

        // A sample takes two bits at least: no room is made for more than there are.
        error = "an XOR chunk ends inside a sample";
        if (count > length * 4L)
        {
            return false;
        }

        int at = buffer.Count;
        buffer.EnsureCapacity(at + count);
        fixed (long* times = &buffer.TimestampArray[at])
        fixed (double* values = &buffer.ValueArray[at])
        {
            if (!XorDecoder.TryDecode(chunk.Data + ChunkView.MinLength, length, count, times, values))
            {
                return false;
            }
        }

        buffer.Count = at + count;
        error = null;
        return true;
    }
}
