using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Pharos.Storage.Wal;

/// <summary>
/// Encodes a record of samples: kind, first reference and time (8 bytes each, big-endian), then per sample the differences from those two as zigzag varints and the value
/// (8 bytes, big-endian). Benchmark: <c>WalBenchmarks</c>.
/// </summary>
internal ref struct SamplesEncoder
{
    /// <summary>Bytes that a sample takes at most.</summary>
    public const int MaxSampleBytes = 10 + 10 + 8;

    private readonly RecordBuffer _buffer;
    private readonly Span<byte> _room;
    private ulong _firstReference;
    private long _firstTime;
    private int _at;

    /// <summary>Begins a record of at most so many samples at the end of the buffer.</summary>
    public SamplesEncoder(RecordBuffer buffer, int samples)
    {
        _buffer = buffer;
        _room = buffer.Reserve(checked(17 + (samples * MaxSampleBytes)));
        _room[0] = (byte)WalRecordKind.Samples;
        _at = 1;
    }

    /// <summary>Whether a sample was added.</summary>
    public readonly bool HasSamples => _at > 1;

    public void Add(ulong reference, long time, ulong value)
    {
        if (_at == 1)
        {
            _firstReference = reference;
            _firstTime = time;
            BinaryPrimitives.WriteUInt64BigEndian(_room[1..], reference);
            BinaryPrimitives.WriteInt64BigEndian(_room[9..], time);
            _at = 17;
        }

        PutVarint((long)(reference - _firstReference));
        PutVarint(time - _firstTime);
        BinaryPrimitives.WriteUInt64BigEndian(_room.Slice(_at, 8), value);
        _at += 8;
    }

    /// <summary>Ends the record; the buffer has its bytes.</summary>
    public readonly void End() => _buffer.Advance(_at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // twice per sample, mostly one or two bytes
    private void PutVarint(long value)
    {
        ulong rest = (ulong)((value << 1) ^ (value >> 63));
        for (; rest >= 0x80; rest >>= 7)
        {
            _room[_at++] = (byte)(rest | 0x80);
        }

        _room[_at++] = (byte)rest;
    }
}
