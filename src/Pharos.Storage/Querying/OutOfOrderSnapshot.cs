using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <summary>Copies of the lines of the selected series that have out-of-order samples in the range, taken inside the gate. What they point at stays until the querier's epoch ends.</summary>
internal sealed unsafe class OutOfOrderSnapshot
{
    // Ascending by reference; a series has one for each store that has samples of it, the oldest store first.
    private readonly List<(OutOfOrderStore Store, OutOfOrderLine Line)> _lines = [];

    private OutOfOrderSnapshot()
    {
    }

    /// <summary>Takes the lines; null when there is none. Inside the gate.</summary>
    /// <param name="head">Where to take them from.</param>
    /// <param name="references">Of the selected series, ascending.</param>
    /// <param name="minTime">First time that is asked for, milliseconds.</param>
    /// <param name="maxTime">Last time, included.</param>
    public static OutOfOrderSnapshot? TryTake(OutOfOrderHead head, ReadOnlySpan<uint> references, long minTime, long maxTime)
    {
        OutOfOrderStore[] stores = head.Stores;
        if (stores.Length == 0 || head.MinTime > maxTime || head.MaxTime < minTime)
        {
            return null;
        }

        var snapshot = new OutOfOrderSnapshot();
        foreach (uint reference in references)
        {
            foreach (OutOfOrderStore store in stores)
            {
                OutOfOrderLine* line = store.Find(reference);
                if (line != null && line->MinTime <= maxTime && line->MaxTime >= minTime)
                {
                    snapshot._lines.Add((store, *line));
                    snapshot.HasHistograms |= store.HasHistograms;
                }
            }
        }

        return snapshot._lines.Count == 0 ? null : snapshot;
    }

    /// <summary>Whether there may be native histograms.</summary>
    public bool HasHistograms { get; private set; }

    /// <summary>Whether the series has samples.</summary>
    public bool Has(uint reference)
    {
        int at = FirstOf(reference);
        return at < _lines.Count && _lines[at].Line.Reference == reference;
    }

    /// <summary>Replaces the samples by those of a series in the range, by time, each time once.</summary>
    public void Read(uint reference, long minTime, long maxTime, OutOfOrderSamples samples)
    {
        samples.Clear();
        for (int i = FirstOf(reference); i < _lines.Count && _lines[i].Line.Reference == reference; i++)
        {
            (OutOfOrderStore store, OutOfOrderLine line) = _lines[i];
            store.Read(line, minTime, maxTime, samples);
        }

        samples.Sort();
    }

    private int FirstOf(uint reference)
    {
        int from = 0;
        int to = _lines.Count;
        while (from < to)
        {
            int middle = (from + to) / 2;
            if (_lines[middle].Line.Reference < reference)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }
}
