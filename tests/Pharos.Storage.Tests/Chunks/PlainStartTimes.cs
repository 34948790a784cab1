namespace Pharos.Storage.Tests.Chunks;

/// <summary>Start timestamps behind samples as upstream writes them. Twin of <c>StartTimeDecoder</c>.</summary>
internal sealed class PlainStartTimes
{
    private const int MaxFirstChange = 127;
    private int _firstChange;
    private long _start;
    private long _difference;

    public byte Header { get; private set; }

    public void Put(PlainBits bits, int index, long time, long timeBefore, long start)
    {
        if (index == 0)
        {
            if (start != 0)
            {
                bits.Varint(time - start);
                Header |= 0x80;
            }
        }
        else if (_firstChange > 0)
        {
            bits.Varbit(timeBefore - start - _difference);
            _difference = timeBefore - start;
        }
        else if (start != _start || index == MaxFirstChange)
        {
            _firstChange = index;
            Header |= (byte)index;
            _difference = timeBefore - start;
            bits.Varbit(_difference);
        }

        _start = start;
    }
}
