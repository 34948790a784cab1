using System.Runtime.InteropServices;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Compaction;

/// <summary>
/// Makes one list of chunks that do not overlap out of what several inputs have of a series: without deleted samples and those outside the range; chunks that overlap are decoded,
/// merged and written anew, all others go on as they are. For one thread.
/// </summary>
internal sealed class ChunkMerge : IDisposable
{
    private readonly ChunkRecoder _recoder = new();
    private readonly SampleMerge _samples = new();
    private readonly SampleRun _merged = new();
    private readonly List<List<ChunkView>> _lanes = [];
    private readonly List<ChunkView> _trimmed = [];
    private readonly List<ChunkView> _overlapping = [];
    private readonly List<SampleRun> _runs = [];
    private readonly List<SampleRun> _buffers = [];
    private readonly List<ChunkView> _result = [];
    private readonly MergeHeap _heap;
    private int[] _places = new int[8];
    private int _laneCount;

    public ChunkMerge()
    {
        _heap = new MergeHeap(Compare);
    }

    /// <summary>The chunks, after <see cref="Run"/>; valid until the next <see cref="Begin"/>, and as long as the inputs' own.</summary>
    public ReadOnlySpan<ChunkView> Result => CollectionsMarshal.AsSpan(_result); // not changed before the next Begin

    /// <summary>Begins a series.</summary>
    public void Begin()
    {
        _recoder.Reset();
        _result.Clear();
        _laneCount = 0;
    }

    /// <summary>Adds what one input has, ascending by first time.</summary>
    /// <param name="chunks">May overlap.</param>
    /// <param name="deleted">Of this input.</param>
    /// <param name="minTime">First time to be kept.</param>
    /// <param name="maxTime">Last time to be kept.</param>
    /// <exception cref="InvalidDataException">A chunk that must be written anew does not decode.</exception>
    public void Add(ReadOnlySpan<ChunkView> chunks, ReadOnlySpan<DeletedInterval> deleted, long minTime, long maxTime)
    {
        _trimmed.Clear();
        foreach (ref readonly ChunkView chunk in chunks)
        {
            if (chunk.MaxTime < minTime || chunk.MinTime > maxTime)
            {
                continue;
            }

            if (chunk.MinTime >= minTime && chunk.MaxTime <= maxTime && !Overlaps(deleted, chunk))
            {
                _trimmed.Add(chunk);
            }
            else
            {
                _recoder.AddTrimmed(chunk, minTime, maxTime, deleted, _trimmed);
            }
        }

        // Each to the first list that ends before it begins: mostly there is one.
        int first = _laneCount;
        foreach (ChunkView chunk in _trimmed)
        {
            int lane = first;
            while (lane < _laneCount && _lanes[lane][^1].MaxTime >= chunk.MinTime)
            {
                lane++;
            }

            if (lane == _laneCount)
            {
                AddLane();
            }

            _lanes[lane].Add(chunk);
        }
    }

    /// <summary>Merges what was added.</summary>
    /// <exception cref="InvalidDataException">A chunk that overlaps another does not decode.</exception>
    public void Run()
    {
        if (_laneCount == 1)
        {
            _result.AddRange(_lanes[0]);
            return;
        }

        _heap.Clear();
        for (int lane = 0; lane < _laneCount; lane++)
        {
            _places[lane] = 0;
            _heap.Push(lane);
        }

        while (_heap.Count > 0)
        {
            ChunkView chunk = Take();
            CollectOverlapping(chunk);
            if (_overlapping.Count == 0)
            {
                _result.Add(chunk);
            }
            else
            {
                // In this order, which decides between samples of one time.
                _overlapping.Add(chunk);
                MergeOverlapping();
            }
        }
    }

    public void Dispose() => _recoder.Dispose();

    private static bool Overlaps(ReadOnlySpan<DeletedInterval> deleted, in ChunkView chunk)
    {
        foreach (DeletedInterval interval in deleted)
        {
            if (interval.MinTime <= chunk.MaxTime && interval.MaxTime >= chunk.MinTime)
            {
                return true;
            }
        }

        return false;
    }

    // Takes all that begin before those taken end, but for those that are the one before once more.
    private void CollectOverlapping(in ChunkView first)
    {
        _overlapping.Clear();
        long end = first.MaxTime;
        ChunkView before = first;
        while (_heap.Count > 0 && At(_heap.Top).MinTime <= end)
        {
            ChunkView next = Take();
            bool isSame = next.MinTime == before.MinTime && next.MaxTime == before.MaxTime && next.Bytes.SequenceEqual(before.Bytes);
            if (!isSame)
            {
                _overlapping.Add(next);
                end = Math.Max(end, next.MaxTime);
                before = next;
            }
        }
    }

    private void MergeOverlapping()
    {
        _runs.Clear();
        for (int i = 0; i < _overlapping.Count; i++)
        {
            if (i == _buffers.Count)
            {
                _buffers.Add(new SampleRun());
            }

            SampleRun run = _buffers[i];
            run.Clear();
            ChunkRecoder.Decode(_overlapping[i], run);
            _runs.Add(run);
        }

        _merged.Clear();
        _samples.Merge(_runs, _merged);
        _recoder.AddMerged(_merged, _result);
    }

    private void AddLane()
    {
        if (_laneCount == _lanes.Count)
        {
            _lanes.Add([]);
        }

        if (_laneCount == _places.Length)
        {
            Array.Resize(ref _places, 2 * _laneCount);
        }

        _lanes[_laneCount++].Clear();
    }

    private ChunkView At(int lane) => _lanes[lane][_places[lane]];

    private ChunkView Take()
    {
        int lane = _heap.Pop();
        ChunkView chunk = At(lane);
        if (++_places[lane] < _lanes[lane].Count)
        {
            _heap.Push(lane);
        }

        return chunk;
    }

    private int Compare(int left, int right)
    {
        ChunkView a = At(left);
        ChunkView b = At(right);
        int order = a.MinTime.CompareTo(b.MinTime);
        return order != 0 ? order : a.MaxTime.CompareTo(b.MaxTime);
    }
}
