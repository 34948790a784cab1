using System.Buffers;
using Pharos.Core.Samples;

namespace Pharos.Core.Contracts;

/// <summary>
/// Samples as the encoded chunks of Prometheus' blocks, which is also how they travel in streamed remote reads. The encodings have upstream's numbers: 1 for numbers,
/// 2 and 3 for histograms of integers and of floats. Thread-safe.
/// </summary>
public interface IChunkCodec
{
    /// <summary>
    /// Encodes samples of one kind, as many as stand together and as one chunk takes, at most 120.
    /// </summary>
    /// <param name="samples">Where they stand, oldest first.</param>
    /// <param name="start">The first to take.</param>
    /// <param name="output">Takes the bytes of the chunk.</param>
    /// <param name="encoding">Upstream's number of the encoding.</param>
    /// <returns>How many samples are in the chunk, at least one.</returns>
    int Encode(SampleBuffer samples, int start, IBufferWriter<byte> output, out byte encoding);

    /// <summary>Adds the samples of a chunk to the buffer. False where the encoding is not known or the bytes are no such chunk; what the buffer then has means nothing.</summary>
    bool TryDecode(byte encoding, ReadOnlySpan<byte> chunk, SampleBuffer samples);
}
