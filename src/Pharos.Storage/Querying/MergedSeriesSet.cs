using System.Buffers;
using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <summary>
/// The series of several sources as one set: first those of the first source in its order, then what each further source has beyond that, in its order. The sources stay the
/// querier's. Design and figures: docs/decisions/0026-blocks-beside-the-head.md. Benchmark: <c>BlockBenchmarks</c>.
/// </summary>
internal sealed class MergedSeriesSet : ISeriesSet
{
    [ThreadStatic]
    private static SampleBuffer? _part;

    [ThreadStatic]
    private static SampleBuffer? _scratch;

    [ThreadStatic]
    private static MergedLanes? _lanes;

    private readonly ISourceSet[] _sources;
    private readonly ValueIds _ids;
    private readonly int _memorySources;
    private readonly bool[] _isFirst; // whether a source is the first one of any series
    private readonly Lock _shapeLock = new();
    private readonly Dictionary<(int Source, uint Shape), uint> _shapes = [];
    private readonly Dictionary<string, uint> _shapesByNames = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<string>> _shapeNames = [];
    private int[] _starts;
    private Part[] _parts;

    /// <summary>Unites the series of the sources.</summary>
    /// <param name="sources">Those of memory first, then blocks by first time: where two have a sample of a series at a timestamp, the later one's is kept.</param>
    /// <param name="memorySources">How many are of memory.</param>
    /// <param name="ids">Of the querier.</param>
    public MergedSeriesSet(ISourceSet[] sources, int memorySources, ValueIds ids)
    {
        _sources = sources;
        _memorySources = memorySources;
        _ids = ids;
        _isFirst = new bool[sources.Length];
        int total = 0;
        foreach (ISourceSet source in sources)
        {
            total = checked(total + source.Count);
            HasMoreThanNumbers |= source.HasMoreThanNumbers;
        }

        int[] numbers = ArrayPool<int>.Shared.Rent(Math.Max(1, total));
        Count = Number(sources, numbers, total);
        _starts = ArrayPool<int>.Shared.Rent(Count + 1);
        _parts = ArrayPool<Part>.Shared.Rent(Math.Max(1, total));
        Arrange(sources, numbers);
        ArrayPool<int>.Shared.Return(numbers);
    }

    public int Count { get; }

    public bool HasMoreThanNumbers { get; }

    /// <summary>Gives pooled memory back; nothing may be called afterwards.</summary>
    public void Free()
    {
        int[] starts = Interlocked.Exchange(ref _starts, []);
        Part[] parts = Interlocked.Exchange(ref _parts, []);
        if (starts.Length > 0)
        {
            ArrayPool<int>.Shared.Return(starts);
            ArrayPool<Part>.Shared.Return(parts);
        }
    }

    public Labels GetLabels(int index)
    {
        Part part = PartsOf(index)[0];
        return _sources[part.Source].GetLabels(part.Index);
    }

    public void GetLabelValueIds(string name, Span<uint> ids)
    {
        Gather((source, column) => source.GetLabelValueIds(name, column), ids[..Count]);
        _ids.Canonical(ids[..Count]);
    }

    public void GetShapeIds(Span<uint> ids)
    {
        ids = ids[..Count];
        Gather(static (source, column) => source.GetShapeIds(column), ids);
        lock (_shapeLock)
        {
            for (int i = 0; i < ids.Length; i++)
            {
                int source = PartsOf(i)[0].Source;
                if (!_shapes.TryGetValue((source, ids[i]), out uint shape))
                {
                    shape = AddShape(_sources[source].GetShapeLabelNames(ids[i]));
                    _shapes.Add((source, ids[i]), shape);
                }

                ids[i] = shape;
            }
        }
    }

    public IReadOnlyList<string> GetShapeLabelNames(uint shapeId)
    {
        lock (_shapeLock)
        {
            return _shapeNames[(int)shapeId];
        }
    }

    public string GetLabelValue(uint valueId) => _ids.Text(valueId);

    public void Read(int index, long minTime, long maxTime, SampleBuffer buffer)
    {
        ReadOnlySpan<Part> parts = PartsOf(index);
        if (parts.Length == 1)
        {
            _sources[parts[0].Source].Read(parts[0].Index, minTime, maxTime, buffer);
            return;
        }

        buffer.Clear();
        SampleBuffer part = _part ??= new SampleBuffer();
        SampleBuffer scratch = _scratch ??= new SampleBuffer();

        // Blocks come before memory in time, though after it in the order of the sources.
        int memory = 0;
        while (memory < parts.Length && parts[memory].Source < _memorySources)
        {
            memory++;
        }

        for (int i = memory; i < parts.Length; i++)
        {
            ReadPart(parts[i], minTime, maxTime, buffer, isPreferred: true, part, scratch);
        }

        for (int i = memory - 1; i >= 0; i--)
        {
            ReadPart(parts[i], minTime, maxTime, buffer, isPreferred: false, part, scratch);
        }

        part.Clear();
    }

    public void ReadSeveral(int first, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + (long)buffers.Length, Count, nameof(buffers));
        for (int done = 0; done < buffers.Length;)
        {
            int count = Math.Min(MergedLanes.Count, buffers.Length - done);
            if (HasMoreThanNumbers)
            {
                Read(first + done, minTime, maxTime, buffers[done]);
                count = 1;
            }
            else
            {
                ReadTogether(first + done, minTime, maxTime, buffers.Slice(done, count));
            }

            done += count;
        }
    }

    public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample)
    {
        sample = default;
        bool found = false;
        foreach (Part part in PartsOf(index))
        {
            ISourceSet source = _sources[part.Source];
            long least = found ? Math.Max(minTime, sample.Timestamp) : minTime;
            if (source.MaxTime >= least && source.MinTime <= maxTime && source.TryReadLast(part.Index, least, maxTime, out Sample newer))
            {
                sample = newer;
                found = true;
            }
        }

        return found;
    }

    // Source by source in the order of time, so that samples mostly come behind those that are there.
    private void ReadTogether(int first, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        MergedLanes lanes = _lanes ??= new MergedLanes();
        foreach (SampleBuffer buffer in buffers)
        {
            buffer.Clear();
        }

        for (int i = 0; i < _sources.Length; i++)
        {
            // Blocks come before memory in time, though after it in the order of the sources.
            int source = (i + _memorySources) % _sources.Length;
            if (_sources[source].MaxTime < minTime || _sources[source].MinTime > maxTime)
            {
                continue;
            }

            lanes.Begin();
            for (int k = 0; k < buffers.Length; k++)
            {
                foreach (Part part in PartsOf(first + k))
                {
                    if (part.Source == source)
                    {
                        lanes.Add(part.Index, buffers[k]);
                    }
                }
            }

            lanes.Append(_sources[source], minTime, maxTime, isPreferred: source >= _memorySources);
        }
    }

    private static int Number(ISourceSet[] sources, int[] numbers, int total)
    {
        using var union = new SeriesUnion(total);
        int at = 0;
        foreach (ISourceSet source in sources)
        {
            SeriesIdentity[] identities = ArrayPool<SeriesIdentity>.Shared.Rent(Math.Max(1, source.Count));
            source.GetIdentities(identities.AsSpan(0, source.Count));
            for (int i = 0; i < source.Count; i++)
            {
                numbers[at++] = union.Add(identities[i]);
            }

            ArrayPool<SeriesIdentity>.Shared.Return(identities);
        }

        return union.Count;
    }

    // The parts of one series stand together, in the order of the sources.
    private void Arrange(ISourceSet[] sources, int[] numbers)
    {
        int total = sources.Sum(static source => source.Count);
        Span<int> starts = _starts.AsSpan(0, Count + 1);
        starts.Clear();
        foreach (int number in numbers.AsSpan(0, total))
        {
            starts[number]++;
        }

        int sum = 0;
        foreach (ref int start in starts)
        {
            (start, sum) = (sum, sum + start);
        }

        int at = 0;
        for (int s = 0; s < sources.Length; s++)
        {
            for (int i = 0; i < sources[s].Count; i++)
            {
                _parts[starts[numbers[at++]]++] = new Part { Source = s, Index = i };
            }
        }

        // Each start has moved to the next one's place.
        starts[..Count].CopyTo(starts[1..]);
        starts[0] = 0;
        for (int i = 0; i < Count; i++)
        {
            _isFirst[PartsOf(i)[0].Source] = true;
        }
    }

    private ReadOnlySpan<Part> PartsOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _parts.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);
    }

    private void ReadPart(Part at, long minTime, long maxTime, SampleBuffer buffer, bool isPreferred, SampleBuffer part, SampleBuffer scratch)
    {
        ISourceSet source = _sources[at.Source];
        if (source.MaxTime < minTime || source.MinTime > maxTime)
        {
            return;
        }

        if (buffer.Count == 0 && !HasMoreThanNumbers)
        {
            source.Read(at.Index, minTime, maxTime, buffer);
            return;
        }

        source.Read(at.Index, minTime, maxTime, part);
        SamplePart.Merge(buffer, part, isPreferred, scratch);
    }

    // A column of each source, from which the first source of a series gives its value.
    private void Gather(ColumnReader read, Span<uint> ids)
    {
        var columns = new uint[_sources.Length][];
        for (int s = 0; s < columns.Length; s++)
        {
            columns[s] = ArrayPool<uint>.Shared.Rent(Math.Max(1, _sources[s].Count));
            if (_isFirst[s])
            {
                read(_sources[s], columns[s].AsSpan(0, _sources[s].Count));
            }
        }

        for (int i = 0; i < ids.Length; i++)
        {
            Part part = PartsOf(i)[0];
            ids[i] = columns[part.Source][part.Index];
        }

        foreach (uint[] column in columns)
        {
            ArrayPool<uint>.Shared.Return(column);
        }
    }

    private uint AddShape(IReadOnlyList<string> names)
    {
        string key = string.Join('\0', names);
        if (!_shapesByNames.TryGetValue(key, out uint shape))
        {
            shape = (uint)_shapeNames.Count;
            _shapeNames.Add(names);
            _shapesByNames.Add(key, shape);
        }

        return shape;
    }

    private delegate void ColumnReader(ISourceSet source, Span<uint> column);

    [StructLayout(LayoutKind.Sequential)]
    private struct Part
    {
        public int Source;
        public int Index;
    }
}
