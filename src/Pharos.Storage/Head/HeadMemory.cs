using Pharos.Core.Hashing;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Native;

namespace Pharos.Storage.Head;

/// <summary>
/// Everything that the head holds in memory, with the locks and epochs that guard it. Whoever writes lines holds <see cref="Commit"/> and is inside <see cref="Gate"/>.
/// Order of locks: <see cref="Commit"/>, then the index lock of <see cref="Series"/>, then the gate.
/// </summary>
internal sealed unsafe class HeadMemory : IDisposable
{
    private const int KeptBlockPages = 256;
    private readonly Queue<(long Epoch, uint Block)> _retiredChains = new();
    private readonly Lock _retiredLock = new();
    private readonly Queue<(long Epoch, Action Free)> _retired = new();
    private long _minTime = long.MaxValue;
    private long _maxTime = long.MinValue;
    private long _minValidTime = long.MinValue;
    private HeadTombstones _tombstones = HeadTombstones.None;

    public HeadMemory(KeyedHasher hasher)
    {
        Series = new SeriesStore(hasher);
        Blocks = new BlockPool(64L << 30);
        Chunks = new ClosedChunks(64L << 30);
        Xor = new XorAppender(Blocks, Chunks, Series.Lines, RetireChain);
        Histograms = new HistogramAppender(Blocks, Xor, HistogramStates, Series.Lines, RetireChain);
        Snapshots = new SnapshotPool();
        OutOfOrder = new OutOfOrderHead(Series.Capacity, Epochs);
    }

    public Lock Commit { get; } = new();

    public CommitGate Gate { get; } = new();

    public EpochRegistry Epochs { get; } = new();

    public SeriesStore Series { get; }

    public BlockPool Blocks { get; }

    /// <summary>Closed chunks.</summary>
    public ClosedChunks Chunks { get; }

    public XorAppender Xor { get; }

    public HistogramAppender Histograms { get; }

    /// <summary>Which series have native histograms, and what the next ones are encoded against.</summary>
    public HistogramStates HistogramStates { get; } = new();

    public SnapshotPool Snapshots { get; }

    public AliasTable Aliases { get; } = new();

    public OutOfOrderHead OutOfOrder { get; }

    /// <summary>Of <see cref="Tombstones"/> those that upstream has written, all that there were at the start.</summary>
    public HeadTombstones InheritedTombstones { get; set; } = HeadTombstones.None;

    /// <summary>What is deleted of the samples that came in order. Replaced as a whole, under the commit lock and inside the gate.</summary>
    public HeadTombstones Tombstones
    {
        get => Volatile.Read(ref _tombstones);
        set => Volatile.Write(ref _tombstones, value);
    }

    /// <summary>Oldest time held; <see cref="long.MaxValue"/> when empty. Readers look at nothing older: it may be gone.</summary>
    public long MinTime
    {
        get => Volatile.Read(ref _minTime);
        set => Volatile.Write(ref _minTime, value);
    }

    /// <summary>Newest time held; <see cref="long.MinValue"/> when empty.</summary>
    public long MaxTime
    {
        get => Volatile.Read(ref _maxTime);
        set => Volatile.Write(ref _maxTime, value);
    }

    /// <summary>Nothing older is taken, whatever the newest time: it was dropped.</summary>
    public long MinValidTime
    {
        get => Volatile.Read(ref _minValidTime);
        set => Volatile.Write(ref _minValidTime, value);
    }

    /// <summary>Second numbers that the log and its log of late samples know series by. Fixed once the store is open.</summary>
    public IReadOnlyDictionary<ulong, uint> OtherReferences { get; set; } = new Dictionary<ulong, uint>();

    /// <summary>The greatest reference that a sample was stored under. Written inside the gate.</summary>
    public uint LastAppended { get; set; }

    /// <summary>Chunks begun or found at start.</summary>
    public long ChunksCreated => Xor.ChunksCreated + Histograms.ChunksCreated + ChunksInherited;

    /// <summary>Closed chunks found at start.</summary>
    public long ChunksInherited { get; set; }

    /// <summary>Closed chunks dropped.</summary>
    public long ChunksRemoved { get; set; }

    /// <summary>The least time that an appender who begins now may write, upstream's rule: at most half a chunk range behind the newest sample.</summary>
    public long AppendableMinTime(long firstTime)
    {
        long newest = MaxTime;
        long bound = newest == long.MinValue ? firstTime : newest;
        long window = bound < long.MinValue + ChunkRange.DurationMs ? long.MinValue : bound - (ChunkRange.DurationMs / 2);
        return Math.Max(window, MinValidTime);
    }

    /// <summary>The labels of a series; null when it is not held any more, or never was.</summary>
    public Labels? FindLabels(SeriesRef series)
    {
        long epoch = Epochs.Enter();
        try
        {
            return series.Value - 1 < Series.LastReference && Series.Lines[series.Value].IsAlive ? Series.LabelsOf((uint)series.Value) : null;
        }
        finally
        {
            Epochs.Leave(epoch);
        }
    }

    /// <summary>Writes the label bytes of a series to the front of the buffer, which grows as needed; returns how many, -1 when the series is not held.</summary>
    public int FindLabelBytes(SeriesRef series, ref byte[] buffer)
    {
        long epoch = Epochs.Enter();
        try
        {
            if (series.Value - 1 >= Series.LastReference || !Series.Lines[series.Value].IsAlive)
            {
                return -1;
            }

            uint shape = Series.ShapeOf((uint)series.Value);
            ReadOnlySpan<uint> names = shape == 0 ? [] : Series.NamesOf(shape);
            ReadOnlySpan<uint> values = Series.ValuesOf((uint)series.Value);
            int length = 0;
            for (int i = 0; i < names.Length; i++)
            {
                ReadOnlySpan<byte> name = Series.Symbols.Get(names[i]);
                ReadOnlySpan<byte> value = Series.Symbols.Get(values[i]);
                if (buffer.Length - length < name.Length + value.Length + 18)
                {
                    Array.Resize(ref buffer, Math.Max(2 * buffer.Length, length + name.Length + value.Length + 256));
                }

                length = LabelBytes.Write(buffer, length, name, value);
            }

            return length;
        }
        finally
        {
            Epochs.Leave(epoch);
        }
    }

    /// <summary>Frees something after all readers that are open now have closed. Runs at a later <see cref="Reclaim"/>.</summary>
    public void Retire(Action free)
    {
        lock (_retiredLock)
        {
            _retired.Enqueue((Epochs.Current, free));
        }

        Epochs.Advance();
    }

    /// <summary>Frees the blocks that nobody can read any more. Under the commit lock; cheap when there are none.</summary>
    public void ReclaimChains()
    {
        if (_retiredChains.Count == 0)
        {
            return;
        }

        if (_retiredChains.Peek().Epoch == Epochs.Current)
        {
            Epochs.Advance();
        }

        long oldest = Epochs.Oldest();
        while (_retiredChains.TryPeek(out (long Epoch, uint Block) chain) && chain.Epoch < oldest)
        {
            _retiredChains.Dequeue();
            FreeChain(chain.Block);
        }
    }

    /// <summary>Frees what nobody can read any more. Holding no lock.</summary>
    public void Reclaim()
    {
        long oldest = Epochs.Oldest();
        while (true)
        {
            Action free;
            lock (_retiredLock)
            {
                if (!_retired.TryPeek(out (long Epoch, Action Free) next) || next.Epoch >= oldest)
                {
                    break;
                }

                free = _retired.Dequeue().Free;
            }

            free();
        }

        List<uint> pages;
        lock (Commit)
        {
            ReclaimChains();
            OutOfOrder.Reclaim();
            pages = Blocks.TakeFreePages(KeptBlockPages);
        }

        Blocks.ReleaseTaken(pages);
        lock (Commit)
        {
            Blocks.AddReleased(pages);
        }
    }

    /// <summary>Adds what is held, by kind, in bytes.</summary>
    public Dictionary<string, long> CountMemory()
    {
        var bytes = new Dictionary<string, long>
        {
            ["open_chunks"] = Blocks.HeldBytes,
            ["closed_chunks"] = Chunks.HeldBytes,
            ["snapshots"] = Snapshots.HeldBytes,
            ["out_of_order"] = OutOfOrder.HeldBytes,
            ["histogram_states"] = HistogramStates.HeldBytes,
        };
        Series.CountMemory(bytes);
        return bytes;
    }

    public void Dispose()
    {
        Series.Dispose();
        Blocks.Dispose();
        Chunks.Dispose();
        HistogramStates.Dispose();
        Snapshots.Dispose();
        OutOfOrder.Dispose();
    }

    private void RetireChain(uint block)
    {
        if (Epochs.Readers == 0 && _retiredChains.Count == 0)
        {
            FreeChain(block);
        }
        else
        {
            _retiredChains.Enqueue((Epochs.Current, block));
        }
    }

    private void FreeChain(uint block)
    {
        while (block != 0)
        {
            uint next = (uint)Blocks.At(block)[XorAppender.WordsPerBlock];
            Blocks.Free(block);
            block = next;
        }
    }
}
