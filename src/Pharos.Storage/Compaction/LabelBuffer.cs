using Pharos.Storage.Head;

namespace Pharos.Storage.Compaction;

/// <summary>The labels of one series of the head at a time, in canonical form. Not thread-safe.</summary>
internal sealed class LabelBuffer
{
    // What stands around a name and its value at most.
    private const int Frame = 18;

    private readonly SeriesStore _store;
    private byte[] _bytes = new byte[1024];
    private int _length;

    public LabelBuffer(SeriesStore store)
    {
        _store = store;
    }

    /// <summary>Valid until the next member is called.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Takes the labels of a series, which the caller keeps from being freed.</summary>
    public void Set(uint reference)
    {
        ReadOnlySpan<uint> names = _store.NamesOf(_store.ShapeOf(reference));
        ReadOnlySpan<uint> values = _store.ValuesOf(reference);
        _length = 0;
        for (int i = 0; i < names.Length; i++)
        {
            ReadOnlySpan<byte> name = _store.Symbols.Get(names[i]);
            ReadOnlySpan<byte> value = _store.Symbols.Get(values[i]);
            if (_bytes.Length - _length < name.Length + value.Length + Frame)
            {
                Array.Resize(ref _bytes, (2 * _bytes.Length) + name.Length + value.Length);
            }

            _length = LabelBytes.Write(_bytes, _length, name, value);
        }
    }
}
