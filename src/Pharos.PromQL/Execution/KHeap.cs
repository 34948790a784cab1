namespace Pharos.PromQL.Execution;

/// <summary>
/// The k best rows of one group at one step: a binary heap with the worst on top, NaN worse than any number. Moves exactly as Go's container/heap, so that
/// among equal values the same rows stay as upstream.
/// </summary>
internal readonly ref struct KHeap
{
    private readonly Span<double> _values;
    private readonly Span<int> _rows;
    private readonly bool _isMax;

    public KHeap(Span<double> values, Span<int> rows, bool isMax)
    {
        _values = values;
        _rows = rows;
        _isMax = isMax;
    }

    /// <summary>Offers a row to the <paramref name="count"/> in the heap, of which there may be <paramref name="k"/>; returns how many there are then.</summary>
    public int Offer(int count, int k, double value, int row)
    {
        if (count < k)
        {
            _values[count] = value;
            _rows[count] = row;
            Up(count);
            return count + 1;
        }

        double worst = _values[0];
        if ((_isMax ? worst < value : worst > value) || (double.IsNaN(worst) && !double.IsNaN(value)))
        {
            _values[0] = value;
            _rows[0] = row;
            Down(0, count);
        }

        return count;
    }

    /// <summary>Sorts the first <paramref name="count"/>, best first. Equal values stay in the order of the heap.</summary>
    public void Sort(int count)
    {
        for (int i = 1; i < count; i++)
        {
            for (int j = i; j > 0 && IsWorse(j - 1, j); j--)
            {
                Swap(j, j - 1);
            }
        }
    }

    private bool IsWorse(int i, int j) => double.IsNaN(_values[i]) || (_isMax ? _values[i] < _values[j] : _values[i] > _values[j]);

    private void Up(int at)
    {
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (!IsWorse(at, parent))
            {
                break;
            }

            Swap(parent, at);
            at = parent;
        }
    }

    private void Down(int at, int count)
    {
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= count)
            {
                break;
            }

            if (child + 1 < count && IsWorse(child + 1, child))
            {
                child++;
            }

            if (!IsWorse(child, at))
            {
                break;
            }

            Swap(at, child);
            at = child;
        }
    }

    private void Swap(int i, int j)
    {
        (_values[i], _values[j]) = (_values[j], _values[i]);
        (_rows[i], _rows[j]) = (_rows[j], _rows[i]);
    }
}
