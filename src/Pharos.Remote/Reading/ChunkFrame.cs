using System.Buffers.Binary;
using Pharos.Core.Hashing;
using Pharos.Core.Labels;

namespace Pharos.Remote.Reading;

/// <summary>
/// One frame after the other of a stream of chunks: <c>uvarint</c> length, CRC-32C (4 bytes, big-endian), the message <c>ChunkedReadResponse</c> with one series.
/// A series whose chunks do not fit goes over several frames.
/// </summary>
internal sealed class ChunkFrame
{
    private const int SeriesField = 1;
    private const int QueryIndexField = 2;
    private const int LabelField = 1;
    private const int ChunkField = 2;

    private readonly int _maxBytes;
    private readonly MessageWriter _message = new();
    private byte[] _frame = [];
    private Labels _labels = Labels.Empty;
    private Labels _external = Labels.Empty;
    private int _query;
    private int _series = -1;
    private int _bytesLeft;

    public ChunkFrame(int maxBytes)
    {
        _maxBytes = maxBytes;
    }

    /// <summary>Whether the frame should be sent before more is added.</summary>
    public bool IsFull => _bytesLeft <= 0;

    /// <summary>What follows is of this series.</summary>
    public void BeginSeries(Labels labels, Labels external, int query)
    {
        _labels = labels;
        _external = external;
        _query = query;
    }

    public void Add(byte encoding, long minTime, long maxTime, ReadOnlySpan<byte> data)
    {
        if (_series < 0)
        {
            _message.Clear();
            _series = _message.Begin(SeriesField);
            _bytesLeft = _maxBytes - ExternalLabelMerge.Write(_message, LabelField, _labels, _external);
        }

        int began = _message.Length;
        int chunk = _message.Begin(ChunkField);
        _message.Number(1, (ulong)minTime);
        _message.Number(2, (ulong)maxTime);
        _message.Number(3, encoding);
        _message.Bytes(4, data);
        _message.End(chunk);
        _bytesLeft -= _message.Length - began;
    }

    /// <summary>The frame of what was added; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        _message.End(_series);
        _message.Number(QueryIndexField, (ulong)_query);
        _series = -1;
        ReadOnlySpan<byte> message = _message.Written.Span;
        int lengthBytes = MessageWriter.VarintLength((ulong)message.Length);
        int total = lengthBytes + sizeof(uint) + message.Length;
        if (_frame.Length < total)
        {
            _frame = new byte[Math.Max(total, 2 * _frame.Length)];
        }

        uint rest = (uint)message.Length;
        for (int i = 0; i < lengthBytes; i++)
        {
            _frame[i] = (byte)(i < lengthBytes - 1 ? rest | 0x80 : rest);
            rest >>= 7;
        }

        BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(lengthBytes), Crc32C.Compute(message));
        message.CopyTo(_frame.AsSpan(lengthBytes + sizeof(uint)));
        return _frame.AsMemory(0, total);
    }
}
