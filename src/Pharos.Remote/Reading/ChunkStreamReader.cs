using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Pharos.Core.Contracts;
using Pharos.Core.Hashing;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Receiving;

namespace Pharos.Remote.Reading;

/// <summary>Reads a stream of frames as <see cref="ChunkFrame"/> writes them; what comes may be anything.</summary>
internal sealed class ChunkStreamReader
{
    private const int MaxLengthBytes = 10;

    private readonly long _maxFrameBytes;
    private readonly IChunkCodec _codec;
    private readonly SampleBuffer _buffer = new();

    /// <param name="maxFrameBytes">Longer frames are refused.</param>
    /// <param name="codec">Decodes the chunks.</param>
    public ChunkStreamReader(long maxFrameBytes, IChunkCodec codec)
    {
        _maxFrameBytes = maxFrameBytes;
        _codec = codec;
    }

    /// <summary>Reads to the end.</summary>
    /// <exception cref="InvalidDataException">A frame is damaged, too long, or holds no such message.</exception>
    /// <exception cref="IOException">The stream broke off.</exception>
    public async Task ReadAsync(Stream stream, RemoteSeriesList series, CancellationToken cancellationToken)
    {
        PipeReader pipe = PipeReader.Create(stream);
        while (true)
        {
            ReadResult read = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (TryTakeFrame(ref rest, out ReadOnlySequence<byte> frame, out uint checksum))
            {
                ReadFrame(frame.IsSingleSegment ? frame.FirstSpan : frame.ToArray(), checksum, series);
            }

            if (read.IsCompleted)
            {
                if (!rest.IsEmpty)
                {
                    throw new InvalidDataException("the stream ends inside a frame");
                }

                await pipe.CompleteAsync().ConfigureAwait(false);
                return;
            }

            pipe.AdvanceTo(rest.Start, rest.End);
        }
    }

    private bool TryTakeFrame(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> frame, out uint checksum)
    {
        frame = default;
        checksum = 0;
        Span<byte> head = stackalloc byte[MaxLengthBytes + sizeof(uint)];
        int known = (int)Math.Min(head.Length, rest.Length);
        rest.Slice(0, known).CopyTo(head);
        ulong length = 0;
        int at = 0;
        while (true)
        {
            if (at == known)
            {
                return false;
            }

            byte b = head[at];
            length |= (ulong)(b & 0x7f) << (7 * at);
            at++;
            if (b < 0x80)
            {
                break;
            }

            if (at == MaxLengthBytes)
            {
                throw new InvalidDataException("a frame's length has more than 64 bits");
            }
        }

        if (length > (ulong)_maxFrameBytes)
        {
            throw new InvalidDataException($"chunkedReader: message size exceeded the limit {_maxFrameBytes} bytes; got: {length} bytes");
        }

        if (rest.Length < at + sizeof(uint) + (long)length)
        {
            return false;
        }

        checksum = BinaryPrimitives.ReadUInt32BigEndian(head[at..]);
        frame = rest.Slice(at + sizeof(uint), (long)length);
        rest = rest.Slice(frame.End);
        return true;
    }

    private void ReadFrame(ReadOnlySpan<byte> message, uint checksum, RemoteSeriesList series)
    {
        if (Crc32C.Compute(message) != checksum)
        {
            throw new InvalidDataException("chunkedReader: corrupted frame; checksum mismatch");
        }

        var reader = new ProtoReader(message);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field == 1 && wireType == ProtoReader.Bytes && reader.TryReadBytes(out ReadOnlySpan<byte> one))
            {
                ReadSeries(one, series);
            }
            else
            {
                reader.TrySkip(wireType);
            }
        }

        SeriesMessageReader.ThrowIfMalformed(reader.Error);
    }

    private void ReadSeries(ReadOnlySpan<byte> message, RemoteSeriesList series)
    {
        var reader = new ProtoReader(message);
        var labels = new LabelsBuilder();
        _buffer.Clear();
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field is not (1 or 2) || wireType != ProtoReader.Bytes)
            {
                reader.TrySkip(wireType);
            }
            else if (reader.TryReadBytes(out ReadOnlySpan<byte> part) && field == 1)
            {
                SeriesMessageReader.ReadLabel(part, labels);
            }
            else if (reader.Error is null)
            {
                ReadChunk(part);
            }
        }

        SeriesMessageReader.ThrowIfMalformed(reader.Error);
        series.Add(labels.ToLabels(), _buffer);
    }

    private void ReadChunk(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        ulong encoding = 0;
        ReadOnlySpan<byte> data = [];
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field == 3 && wireType == ProtoReader.Varint)
            {
                reader.TryReadVarint(out encoding);
            }
            else if (field == 4 && wireType == ProtoReader.Bytes)
            {
                reader.TryReadBytes(out data);
            }
            else
            {
                reader.TrySkip(wireType);
            }
        }

        SeriesMessageReader.ThrowIfMalformed(reader.Error);
        if (encoding > byte.MaxValue || !_codec.TryDecode((byte)encoding, data, _buffer))
        {
            throw new InvalidDataException($"a chunk of encoding {encoding} and {data.Length} bytes cannot be decoded");
        }
    }
}
