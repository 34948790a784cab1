using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Hashing;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <summary>
/// The selected series of a block, in the order of their labels. Labels and places of chunks are read from the mapped index each time they are asked for; kept is a reference per
/// series. The querier holds the block as long as the set is used. Benchmark: <c>BlockBenchmarks</c>.
/// </summary>
internal sealed unsafe partial class BlockSeriesSet : ISourceSet
{
    [ThreadStatic]
    private static SampleBuffer? _scratch;

    private readonly Block _block;
    private readonly TombstoneSet _tombstones;
    private readonly KeyedHasher _hasher;
    private readonly ValueIds _ids;
    private readonly Dictionary<string, uint> _shapes = new(StringComparer.Ordinal);
    private readonly List<string[]> _shapeNames = [];
    private uint[] _series;

    private BlockSeriesSet(Block block, TombstoneSet tombstones, KeyedHasher hasher, ValueIds ids, uint[] series, int count, bool hasMoreThanNumbers)
    {
        _block = block;
        _tombstones = tombstones;
        _hasher = hasher;
        _ids = ids;
        _series = series;
        Count = count;
        HasMoreThanNumbers = hasMoreThanNumbers;
    }

    public int Count { get; }

    public bool HasMoreThanNumbers { get; }

    public long MinTime => _block.Meta.MinTime;

    public long MaxTime => _block.Meta.MaxTime;

    /// <summary>Selects series that have chunks in the range which are not deleted as a whole.</summary>
    /// <param name="block">Held until the set is freed.</param>
    /// <param name="hasher">That of the head.</param>
    /// <param name="ids">Of the querier.</param>
    /// <param name="selection">What is wanted.</param>
    /// <param name="cancellationToken">Ends the selection.</param>
    /// <exception cref="CorruptionException">The index is damaged.</exception>
    public static BlockSeriesSet Select(Block block, KeyedHasher hasher, ValueIds ids, SeriesSelection selection, CancellationToken cancellationToken)
    {
        int count = BlockSelector.Select(block.Index, selection.Matchers, cancellationToken, out uint[] series);
        try
        {
            TombstoneSet tombstones = block.Tombstones;
            var kinds = new ChunkKinds(block);
            int kept = 0;
            for (int i = 0; i < count; i++)
            {
                if ((i & 1023) == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (HasChunks(block.Index, series[i], tombstones.Get(series[i]), selection.MinTime, selection.MaxTime, ref kinds))
                {
                    series[kept++] = series[i];
                }
            }

            return new BlockSeriesSet(block, tombstones, hasher, ids, series, kept, kinds.HasMoreThanNumbers);
        }
        catch
        {
            ArrayPool<uint>.Shared.Return(series);
            throw;
        }
    }

    /// <summary>Gives the references back; nothing may be called afterwards.</summary>
    public void Free()
    {
        uint[] series = Interlocked.Exchange(ref _series, []);
        if (series.Length > 0)
        {
            ArrayPool<uint>.Shared.Return(series);
        }
    }

    public void GetIdentities(Span<SeriesIdentity> identities)
    {
        var labels = new LabelDecoder(_block.Index.Symbols);
        for (int i = 0; i < Count; i++)
        {
            SeriesEntry entry = _block.Index.OpenSeries(_series[i], verify: false);
            identities[i] = SeriesIdentity.Of(_hasher.Hash(labels.Read(ref entry)));
        }
    }

    public Labels GetLabels(int index)
    {
        SeriesEntry entry = Open(index);
        var labels = new LabelsBuilder();
        while (entry.MoveNextLabel())
        {
            labels.Set(Text(entry.Name), Text(entry.Value));
        }

        return labels.ToLabels();
    }

    public void GetLabelValueIds(string name, Span<uint> ids)
    {
        ids = ids[..Count];
        if (!_block.Index.Symbols.TryFind(Encoding.UTF8.GetBytes(name), out uint symbol))
        {
            ids.Clear();
            return;
        }

        var known = new Dictionary<uint, uint>();
        uint lastSymbol = 0;
        uint lastId = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = 0;
            SeriesEntry entry = Open(i);
            while (entry.MoveNextLabel())
            {
                if (entry.Name != symbol)
                {
                    continue;
                }

                if ((entry.Value != lastSymbol || lastId == 0) && !known.TryGetValue(entry.Value, out lastId))
                {
                    lastId = _ids.Get(_block.Index.Symbols.Get(entry.Value));
                    known.Add(entry.Value, lastId);
                }

                lastSymbol = entry.Value;
                ids[i] = lastId;
                break;
            }
        }
    }

    public void GetShapeIds(Span<uint> ids)
    {
        Span<char> names = stackalloc char[128]; // two for each name; series with more labels take the slower way
        Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> shapes = _shapes.GetAlternateLookup<ReadOnlySpan<char>>();
        lock (_shapes)
        {
            for (int i = 0; i < Count; i++)
            {
                SeriesEntry entry = Open(i);
                int length = 0;
                while (entry.MoveNextLabel())
                {
                    if (length == names.Length)
                    {
                        char[] longer = new char[length * 2];
                        names.CopyTo(longer);
                        names = longer;
                    }

                    names[length++] = (char)entry.Name;
                    names[length++] = (char)(entry.Name >> 16);
                }

                if (!shapes.TryGetValue(names[..length], out ids[i]))
                {
                    ids[i] = AddShape(names[..length]);
                }
            }
        }
    }

    public IReadOnlyList<string> GetShapeLabelNames(uint shapeId)
    {
        lock (_shapes)
        {
            return _shapeNames[(int)shapeId];
        }
    }

    public string GetLabelValue(uint valueId) => _ids.Text(valueId);

    public void Read(int index, long minTime, long maxTime, SampleBuffer buffer)
    {
        buffer.Clear();
        uint series = ReferenceAt(index);
        SeriesEntry entry = _block.Index.OpenSeries(series, verify: false);
        entry.SkipLabels();
        while (entry.MoveNextChunk() && entry.MinTime <= maxTime)
        {
            if (entry.MaxTime >= minTime)
            {
                Append(entry, minTime, maxTime, buffer);
            }
        }

        buffer.KeepBetween(minTime, maxTime);
        ReadOnlySpan<DeletedInterval> deleted = _tombstones.Get(series);
        if (!deleted.IsEmpty)
        {
            Remove(buffer, deleted);
        }
    }

    public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample)
    {
        // Chunks can only be walked forwards: the newest in the range is found and decoded; where nothing of it counts, the search goes on before it.
        uint series = ReferenceAt(index);
        ReadOnlySpan<DeletedInterval> deleted = _tombstones.Get(series);
        SampleBuffer scratch = _scratch ??= new SampleBuffer(256);
        for (long end = maxTime; ;)
        {
            SeriesEntry entry = _block.Index.OpenSeries(series, verify: false);
            entry.SkipLabels();
            SeriesEntry newest = default;
            bool found = false;
            while (entry.MoveNextChunk() && entry.MinTime <= end)
            {
                found = entry.MaxTime >= minTime;
                newest = entry;
            }

            sample = default;
            if (!found)
            {
                return false;
            }

            scratch.Clear();
            Append(newest, minTime, maxTime, scratch);
            scratch.KeepBetween(minTime, maxTime);
            if (!deleted.IsEmpty)
            {
                Remove(scratch, deleted);
            }

            if (scratch.Count > 0)
            {
                sample = new Sample(scratch.Timestamps[^1], scratch.Values[^1]);
                return true;
            }

            if (newest.MinTime <= minTime)
            {
                return false;
            }

            end = newest.MinTime - 1;
        }
    }

    private static bool HasChunks(IndexReader index, uint series, ReadOnlySpan<DeletedInterval> deleted, long minTime, long maxTime, ref ChunkKinds kinds)
    {
        SeriesEntry entry = index.OpenSeries(series);
        entry.SkipLabels();
        bool found = false;
        while (entry.MoveNextChunk() && entry.MinTime <= maxTime)
        {
            if (entry.MaxTime >= minTime && !IsDeleted(entry.MinTime, entry.MaxTime, deleted))
            {
                kinds.Add(entry.Chunk, isFirst: !found);
                found = true;
            }
        }

        return found;
    }

    private static bool IsDeleted(long minTime, long maxTime, ReadOnlySpan<DeletedInterval> deleted)
    {
        foreach (DeletedInterval interval in deleted)
        {
            if (interval.MinTime <= minTime && interval.MaxTime >= maxTime)
            {
                return true;
            }
        }

        return false;
    }

    private static void Remove(SampleBuffer buffer, ReadOnlySpan<DeletedInterval> deleted)
    {
        for (int i = deleted.Length - 1; i >= 0; i--)
        {
            int start = LowerBound(buffer.Timestamps, deleted[i].MinTime);
            int end = deleted[i].MaxTime == long.MaxValue ? buffer.Count : LowerBound(buffer.Timestamps, deleted[i].MaxTime + 1);
            if (end > start)
            {
                buffer.Remove(start, end - start);
            }
        }
    }

    private static int LowerBound(ReadOnlySpan<long> times, long time)
    {
        int place = times.BinarySearch(time);
        return place < 0 ? ~place : place;
    }

    private void Append(SeriesEntry entry, long minTime, long maxTime, SampleBuffer buffer)
    {
        int before = buffer.Count;
        ChunkView chunk = _block.Chunks.Read(entry.Chunk, entry.MinTime, entry.MaxTime);
        if (!HasMoreThanNumbers && chunk.Encoding is not (ChunkEncoding.Xor or ChunkEncoding.Xor2))
        {
            throw Damage(entry, string.Create(CultureInfo.InvariantCulture, $"a chunk of encoding {(byte)chunk.Encoding} in a block whose description or other chunks of the series say that it has floats only"));
        }

        if (!ChunkDecoder.TryAppend(chunk, minTime, maxTime, buffer, out string? error))
        {
            throw Damage(entry, error);
        }

        if (before > 0 && before < buffer.Count && buffer.Timestamps[before] <= buffer.Timestamps[before - 1])
        {
            throw Damage(entry, "a chunk begins before the one before it has ended");
        }
    }

    private CorruptionException Damage(SeriesEntry entry, string what) => new(_block.Chunks.PathOf(entry.Chunk), (uint)entry.Chunk, what);

    private uint AddShape(ReadOnlySpan<char> symbols)
    {
        var names = new string[symbols.Length / 2];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Text(symbols[2 * i] | ((uint)symbols[(2 * i) + 1] << 16));
        }

        uint id = (uint)_shapeNames.Count;
        _shapeNames.Add(names);
        _shapes.Add(symbols.ToString(), id);
        return id;
    }

    private string Text(uint symbol) => Encoding.UTF8.GetString(_block.Index.Symbols.Get(symbol));

    private SeriesEntry Open(int index) => _block.Index.OpenSeries(ReferenceAt(index), verify: false);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once per series in every loop
    private uint ReferenceAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _series[index];
    }
}
