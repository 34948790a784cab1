namespace Pharos.Remote.Receiving.Version2;

/// <summary>Label bytes in the making (<see cref="Core.Contracts.ISeriesAppender"/>). Reused; not thread-safe.</summary>
internal sealed class LabelByteBuffer
{
    // Two keys and two lengths around a name and a value, and a key and a length around both.
    private const int MostAround = 18;

    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int needed = checked(_length + MostAround + name.Length + value.Length);
        if (_bytes.Length < needed)
        {
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
        }

        PutHeader(0x0a, 2 + VarintLength(name.Length) + name.Length + VarintLength(value.Length) + value.Length);
        PutHeader(0x0a, name.Length);
        name.CopyTo(_bytes.AsSpan(_length));
        _length += name.Length;
        PutHeader(0x12, value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    private void PutHeader(byte key, int length)
    {
        _bytes[_length++] = key;
        uint rest = (uint)length;
        for (; rest >= 0x80; rest >>= 7)
        {
            _bytes[_length++] = (byte)(rest | 0x80);
        }

        _bytes[_length++] = (byte)rest;
    }

    private static int VarintLength(int value) => value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;
}
