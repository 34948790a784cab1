using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Reading;

/// <summary>
/// The series of several sources as one set: those of the first source in its order, then what others have beyond. Of samples at one time the first source's counts. Where
/// only one source has series, its set is passed through but for its ids.
/// </summary>
internal sealed class FanoutSeriesSet : ISeriesSet
{
    private readonly ISeriesSet[] _sets;
    private readonly FanoutIds[] _ids;
    private readonly RemoteSymbols _symbols;
    private readonly int _only = -1;
    private readonly List<Part>[] _parts = [];

    /// <param name="sets">One per source, the own store's first.</param>
    /// <param name="ids">As many.</param>
    /// <param name="symbols">Of the querier.</param>
    public FanoutSeriesSet(ISeriesSet[] sets, FanoutIds[] ids, RemoteSymbols symbols)
    {
        _sets = sets;
        _ids = ids;
        _symbols = symbols;
        int[] occupied = [.. Enumerable.Range(0, sets.Length).Where(i => sets[i].Count > 0)];
        if (occupied.Length <= 1)
        {
            _only = occupied.Length == 0 ? 0 : occupied[0];
            Count = sets[_only].Count;
            HasMoreThanNumbers = sets[_only].HasMoreThanNumbers;
            return;
        }

        _parts = Unite(sets, occupied);
        Count = _parts.Length;
        HasMoreThanNumbers = sets.Any(static set => set.HasMoreThanNumbers);
    }

    public int Count { get; }

    public bool HasMoreThanNumbers { get; }

    public Labels GetLabels(int index) => _only >= 0 ? _sets[_only].GetLabels(index) : _sets[_parts[index][0].Set].GetLabels(_parts[index][0].Index);

    public void GetLabelValueIds(string name, Span<uint> ids)
    {
        ids = ids[..Count];
        if (_only >= 0)
        {
            _sets[_only].GetLabelValueIds(name, ids);
            _ids[_only].Translate(_sets[_only], ids);
            return;
        }

        for (int set = 0; set < _sets.Length; set++)
        {
            uint[] column = new uint[_sets[set].Count];
            _sets[set].GetLabelValueIds(name, column);
            _ids[set].Translate(_sets[set], column);
            for (int i = 0; i < ids.Length; i++)
            {
                if (_parts[i][0].Set == set)
                {
                    ids[i] = column[_parts[i][0].Index];
                }
            }
        }
    }

    public void GetShapeIds(Span<uint> ids)
    {
        if (_only >= 0)
        {
            _sets[_only].GetShapeIds(ids);
            return;
        }

        for (int i = 0; i < Count; i++)
        {
            ids[i] = _symbols.ShapeOf(GetLabels(i));
        }
    }

    public IReadOnlyList<string> GetShapeLabelNames(uint shapeId) => _only >= 0 ? _sets[_only].GetShapeLabelNames(shapeId) : _symbols.NamesOf(shapeId);

    public string GetLabelValue(uint valueId) => _symbols.ValueOf(valueId);

    public void Read(int index, long minTime, long maxTime, SampleBuffer buffer)
    {
        if (_only >= 0)
        {
            _sets[_only].Read(index, minTime, maxTime, buffer);
            return;
        }

        List<Part> parts = _parts[index];
        _sets[parts[0].Set].Read(parts[0].Index, minTime, maxTime, buffer);
        if (parts.Count == 1)
        {
            return;
        }

        var merged = new RemoteSeries(Labels.Empty);
        merged.Add(buffer, minTime, maxTime);
        foreach (Part part in parts.Skip(1))
        {
            _sets[part.Set].Read(part.Index, minTime, maxTime, buffer);
            merged.Add(buffer, minTime, maxTime);
        }

        merged.Complete();
        merged.Read(minTime, maxTime, buffer);
    }

    public void ReadSeveral(int first, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        if (_only >= 0)
        {
            _sets[_only].ReadSeveral(first, minTime, maxTime, buffers);
            return;
        }

        for (int i = 0; i < buffers.Length; i++)
        {
            Read(first + i, minTime, maxTime, buffers[i]);
        }
    }

    public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample)
    {
        if (_only >= 0)
        {
            return _sets[_only].TryReadLast(index, minTime, maxTime, out sample);
        }

        bool found = false;
        sample = default;
        foreach (Part part in _parts[index])
        {
            if (_sets[part.Set].TryReadLast(part.Index, minTime, maxTime, out Sample last) && (!found || last.Timestamp > sample.Timestamp))
            {
                sample = last;
                found = true;
            }
        }

        return found;
    }

    public ulong ReadLast(int first, long minTime, long maxTime, Span<Sample> samples)
    {
        if (_only >= 0)
        {
            return _sets[_only].ReadLast(first, minTime, maxTime, samples);
        }

        ulong found = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            found |= TryReadLast(first + i, minTime, maxTime, out samples[i]) ? 1UL << i : 0;
        }

        return found;
    }

    private static List<Part>[] Unite(ISeriesSet[] sets, int[] occupied)
    {
        var byLabels = new Dictionary<Labels, List<Part>>();
        var all = new List<List<Part>>();
        foreach (int set in occupied)
        {
            for (int i = 0; i < sets[set].Count; i++)
            {
                Labels labels = sets[set].GetLabels(i);
                if (!byLabels.TryGetValue(labels, out List<Part>? parts))
                {
                    byLabels.Add(labels, parts = []);
                    all.Add(parts);
                }

                parts.Add(new Part(set, i));
            }
        }

        return [.. all];
    }

    private readonly record struct Part(int Set, int Index);
}
