using System.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Storage.Chunks;

/// <summary>Chunks for those outside of the store: encoded anew from samples, and decoded from bytes that may be anything.</summary>
public sealed unsafe class ChunkCodec : IChunkCodec
{
    /// <summary>Samples of a chunk at most, as upstream's head aims at.</summary>
    public const int MaxSamples = 120;

    /// <summary>The only one: it has no state.</summary>
    public static ChunkCodec Instance { get; } = new();

    /// <inheritdoc/>
    public int Encode(SampleBuffer samples, int start, IBufferWriter<byte> output, out byte encoding)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, samples.Count);
        return samples.HasHistograms && samples.Histograms[start] is { } first
            ? EncodeHistograms(samples, start, first, output, out encoding)
            : EncodeNumbers(samples, start, output, out encoding);
    }

    /// <inheritdoc/>
    public bool TryDecode(byte encoding, ReadOnlySpan<byte> chunk, SampleBuffer samples)
    {
        if (chunk.Length < ChunkView.MinLength)
        {
            return false;
        }

        // Decoders read ahead of the end.
        byte[] padded = ArrayPool<byte>.Shared.Rent(chunk.Length + ChunkView.ReadAhead);
        chunk.CopyTo(padded);
        padded.AsSpan(chunk.Length, ChunkView.ReadAhead).Clear();
        fixed (byte* first = padded)
        {
            var view = new ChunkView((ChunkEncoding)encoding, first, chunk.Length, long.MinValue, long.MaxValue);
            bool decoded = ChunkDecoder.TryAppend(view, long.MinValue, long.MaxValue, samples, out _);
            ArrayPool<byte>.Shared.Return(padded);
            return decoded;
        }
    }

    private static int EncodeNumbers(SampleBuffer samples, int start, IBufferWriter<byte> output, out byte encoding)
    {
        int most = Math.Min(samples.Count - start, MaxSamples);
        int count = 1;
        while (count < most && !(samples.HasHistograms && samples.Histograms[start + count] is not null))
        {
            count++;
        }

        encoding = (byte)ChunkEncoding.Xor;
        int length;
        fixed (byte* destination = output.GetSpan(XorEncoder.MaxBytes(count)))
        {
            length = XorEncoder.Encode(samples.Timestamps.Slice(start, count), samples.Values.Slice(start, count), destination);
        }

        output.Advance(length);
        return count;
    }

    // With counts as floats, which is what queries compute with.
    private static int EncodeHistograms(SampleBuffer samples, int start, FloatHistogram first, IBufferWriter<byte> output, out byte encoding)
    {
        using var builder = new HistogramChunkBuilder();
        builder.Clear();
        builder.Begin(samples.Timestamps[start], new NativeHistogram(first));
        int most = Math.Min(samples.Count - start, MaxSamples);
        int count = 1;
        while (count < most && samples.Histograms[start + count] is { } next && builder.TryAppend(samples.Timestamps[start + count], new NativeHistogram(next)))
        {
            count++;
        }

        encoding = (byte)builder.Encoding;
        builder.CopyTo(output.GetSpan(builder.Length));
        output.Advance(builder.Length);
        return count;
    }
}
