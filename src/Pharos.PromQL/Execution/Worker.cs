using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>
/// What one thread needs to fill rows: scratch of every operator, by the operator's slot. Used by one thread at a time, reused from partition to partition.
/// </summary>
internal sealed class Worker(QueryRun run, Pace pace, NodeClock? clock = null)
{
    private const long ChargeEvery = 4096;

    // What a row costs beside its points.
    private const long RowWork = 16;

    /// <summary>What it costs to make the labels of a row, as work.</summary>
    public const int LabelsWork = 500;

    private object?[] _slots = new object?[16];
    private long _uncharged;

    /// <summary>Only in a query that is explained.</summary>
    public NodeClock? Clock => clock;

    /// <summary>Counts the work of the thread that uses this worker now.</summary>
    public Pace Pace { get; set; } = pace;

    /// <summary>Samples decoded by this worker.</summary>
    public long SamplesRead { get; private set; }

    /// <summary>The object in a slot, made on first use from what <paramref name="state"/> says. The function should be static: this is called for every row.</summary>
    public T Get<TState, T>(int slot, TState state, Func<TState, T> make)
        where T : class
    {
        object?[] slots = _slots;
        return (uint)slot < (uint)slots.Length && slots[slot] is { } known ? (T)known : Make(slot, state, make);
    }

    /// <summary>A row of scratch that belongs to a slot, fit for the rows of a source.</summary>
    public RowSpan Row(int slot, RowSource source) => Get(slot, source, static s => new RowTable(1, s.Steps, s.HasHistograms))[0];

    /// <summary>Gives memory back that serves other queries; the worker is not used any more.</summary>
    public void Release()
    {
        foreach (object? scratch in _slots)
        {
            (scratch as DecodedSeries)?.Release();
        }

        _slots = [];
    }

    /// <summary>Samples were decoded.</summary>
    public void CountRead(long samples)
    {
        SamplesRead += samples;
        Pace.Spend(samples);
    }

    /// <summary>Counts points that are now held.</summary>
    public void Charge(long points)
    {
        Pace.Spend(points + RowWork);
        _uncharged += points;
        if (_uncharged >= ChargeEvery)
        {
            Flush();
        }
    }

    /// <summary>Hands what was counted to the query.</summary>
    public void Flush()
    {
        long points = _uncharged;
        _uncharged = 0;
        run.Budget.Charge(points);
    }

    private T Make<TState, T>(int slot, TState state, Func<TState, T> make)
        where T : class
    {
        if (slot >= _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(slot + 1, _slots.Length * 2));
        }

        T made = make(state);
        _slots[slot] = made;
        return made;
    }
}
