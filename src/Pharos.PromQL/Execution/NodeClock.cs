namespace Pharos.PromQL.Execution;

/// <summary>
/// What one thread spends in the operators of an explained query: time and samples go to the slot entered last, and back to the one around it when that is left.
/// So slots never count what happens in others. Used by one thread at a time; read it when none runs.
/// </summary>
internal sealed class NodeClock(TimeProvider time)
{
    /// <summary>Nothing is counted.</summary>
    public const int Nowhere = -1;

    private Count[] _counts = new Count[32];
    private int _current = Nowhere;
    private long _since;
    private long _samplesBefore;

    /// <summary>The slot that counts now.</summary>
    public int Current => _current;

    /// <summary>Another slot counts from now on. Returns the one before, to come back to.</summary>
    /// <param name="slot">From 0, or <see cref="Nowhere"/>.</param>
    /// <param name="samplesRead">How many samples the thread has read so far.</param>
    public int Enter(int slot, long samplesRead = 0)
    {
        int before = _current;
        Leave(slot, samplesRead);
        return before;
    }

    /// <summary>Comes back to a slot that <see cref="Enter"/> gave.</summary>
    public void Leave(int slot, long samplesRead = 0)
    {
        long now = time.GetTimestamp();
        if (_current != Nowhere)
        {
            ref Count count = ref At(_current);
            count.Ticks += now - _since;
            count.Samples += samplesRead - _samplesBefore;
        }

        _current = slot;
        _since = now;
        _samplesBefore = samplesRead;
    }

    /// <summary>A value that the slot's operator answered.</summary>
    public void Saw(int slot, double value)
    {
        ref Count count = ref At(slot);
        if (!count.HasValues)
        {
            count.HasValues = true;
            count.Least = value;
            count.Greatest = value;
        }
        else if (value < count.Least)
        {
            count.Least = value;
        }
        else if (value > count.Greatest)
        {
            count.Greatest = value;
        }
    }

    /// <summary>What was counted for a slot.</summary>
    public Count Of(int slot) => slot < _counts.Length ? _counts[slot] : default;

    private ref Count At(int slot)
    {
        if (slot >= _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(slot + 1, _counts.Length * 2));
        }

        return ref _counts[slot];
    }

    /// <summary>Of one slot: ticks of the clock, samples decoded, and the bounds of the values that are no NaN.</summary>
    internal struct Count
    {
        public long Ticks;
        public long Samples;
        public bool HasValues;
        public double Least;
        public double Greatest;
    }
}
