namespace Pharos.PromQL.Execution;

/// <summary>
/// Merges what partitions have folded, in the order of the partitions whatever the order in which they end, as soon as all before are there. What was merged serves the next
/// partition, so that there are hardly more tables than threads. Thread-safe.
/// </summary>
internal sealed class OrderedMerge(int partitions)
{
    private readonly Lock _lock = new();
    private readonly PartialFold[]?[] _waiting = new PartialFold[partitions][];
    private readonly Stack<PartialFold[]> _used = [];
    private int _next;

    /// <summary>The folds of all partitions; once the last one was added.</summary>
    public PartialFold[] Total { get; private set; } = [];

    /// <summary>Folds that are as new, if there are any.</summary>
    public PartialFold[]? TakeUsed()
    {
        PartialFold[]? used;
        lock (_lock)
        {
            if (!_used.TryPop(out used))
            {
                return null;
            }
        }

        return Array.TrueForAll(used, static fold => fold.TryClear()) ? used : null;
    }

    /// <summary>Takes over what a partition has folded.</summary>
    public void Add(int partition, PartialFold[] folds)
    {
        lock (_lock)
        {
            _waiting[partition] = folds;
            for (; _next < partitions && _waiting[_next] is { } due; _next++)
            {
                _waiting[_next] = null;
                if (_next == 0)
                {
                    Total = due;
                    continue;
                }

                for (int f = 0; f < due.Length; f++)
                {
                    Total[f].Merge(due[f]);
                }

                _used.Push(due);
            }
        }
    }
}
