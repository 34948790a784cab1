namespace Pharos.Storage.Compaction;

/// <summary>Merges runs of samples of one series into one, a single sample at each time. Of several at one time the same is taken as upstream takes. For one thread.</summary>
internal sealed class SampleMerge
{
    private readonly MergeHeap _heap;
    private IReadOnlyList<SampleRun> _runs = [];
    private int[] _places = new int[8];

    public SampleMerge()
    {
        _heap = new MergeHeap((a, b) => TimeOf(a).CompareTo(TimeOf(b)));
    }

    /// <summary>Adds the samples of the runs, each ascending, to the output.</summary>
    public void Merge(IReadOnlyList<SampleRun> runs, SampleRun output)
    {
        Begin(runs);
        int current = 0;
        long last = long.MinValue;
        while (true)
        {
            // The run that gave the last sample goes on as long as it is behind the others.
            bool changed = false;
            if (++_places[current] < runs[current].Count)
            {
                if (TimeOf(current) == last)
                {
                    continue;
                }

                if (_heap.Count > 0 && TimeOf(current) >= TimeOf(_heap.Top))
                {
                    _heap.Push(current);
                    changed = true;
                }
            }
            else if (_heap.Count == 0)
            {
                return;
            }
            else
            {
                changed = true;
            }

            if (changed)
            {
                current = _heap.Pop();
                if (TimeOf(current) == last)
                {
                    continue;
                }
            }

            last = TimeOf(current);
            output.Add(runs[current], _places[current]);
        }
    }

    private void Begin(IReadOnlyList<SampleRun> runs)
    {
        _runs = runs;
        _heap.Clear();
        if (_places.Length < runs.Count)
        {
            _places = new int[2 * runs.Count];
        }

        _places[0] = -1;
        for (int i = 1; i < runs.Count; i++)
        {
            _places[i] = 0;
            if (runs[i].Count > 0)
            {
                _heap.Push(i);
            }
        }
    }

    private long TimeOf(int run) => _runs[run].TimeAt(_places[run]);
}
