namespace Pharos.Storage.Compaction;

/// <summary>
/// A binary heap, the least on top. Which of equals comes first follows from how it is built, a plain array heap that sifts only what is less; upstream's merging of samples at
/// one time depends on that order, so it is kept.
/// </summary>
internal sealed class MergeHeap
{
    private readonly List<int> _items = [];
    private readonly Comparison<int> _compare;

    /// <param name="compare">Compares two items by what they stand at.</param>
    public MergeHeap(Comparison<int> compare)
    {
        _compare = compare;
    }

    public int Count => _items.Count;

    /// <summary>The least.</summary>
    public int Top => _items[0];

    public void Clear() => _items.Clear();

    public void Push(int item)
    {
        _items.Add(item);
        int at = _items.Count - 1;
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (_compare(_items[at], _items[parent]) >= 0)
            {
                break;
            }

            Swap(at, parent);
            at = parent;
        }
    }

    public int Pop()
    {
        int last = _items.Count - 1;
        Swap(0, last);
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= last)
            {
                break;
            }

            if (child + 1 < last && _compare(_items[child + 1], _items[child]) < 0)
            {
                child++;
            }

            if (_compare(_items[child], _items[at]) >= 0)
            {
                break;
            }

            Swap(at, child);
            at = child;
        }

        int item = _items[last];
        _items.RemoveAt(last);
        return item;
    }

    private void Swap(int a, int b) => (_items[a], _items[b]) = (_items[b], _items[a]);
}
