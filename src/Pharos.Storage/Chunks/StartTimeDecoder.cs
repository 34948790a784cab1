namespace Pharos.Storage.Chunks;

/// <summary>
/// Reads the start timestamps of the encodings that have them. A byte of the head says whether the first sample has one (the highest bit) and from which sample on
/// (seven bits, 0: never) each is followed by how its start changed, as the time of the sample before less the start.
/// </summary>
internal struct StartTimeDecoder
{
    private readonly bool _isFirstKnown;
    private readonly int _firstChange;
    private long _difference;

    public StartTimeDecoder(byte header)
    {
        _isFirstKnown = (header & 0x80) != 0;
        _firstChange = header & 0x7f;
    }

    /// <summary>The start of the newest sample, milliseconds; 0: unknown.</summary>
    public long Start { get; private set; }

    /// <summary>Reads what follows a sample.</summary>
    /// <param name="bits">Stand behind the sample.</param>
    /// <param name="index">The sample's place in the chunk.</param>
    /// <param name="time">The sample's time.</param>
    /// <param name="timeBefore">The time of the sample before; of no meaning for the first.</param>
    public void Read(ref BitReader bits, int index, long time, long timeBefore)
    {
        if (index == 0)
        {
            if (_isFirstKnown)
            {
                _difference = bits.ReadVarint();
                Start = unchecked(time - _difference);
            }

            return;
        }

        if (_firstChange == 0 || index < _firstChange)
        {
            return;
        }

        long change = bits.ReadVarbit();
        _difference = index == _firstChange ? change : unchecked(_difference + change);
        Start = unchecked(timeBefore - _difference);
    }
}
