using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Storage.Metadata;

/// <summary>
/// The last metadata of each series that has any, so that only what changed is logged. Twelve bytes and a slot a series; texts once each, however many series share them.
/// Usable from any thread.
/// </summary>
internal sealed class SeriesMetadataStore
{
    private readonly Lock _lock = new(); // guards all that follows
    private readonly Dictionary<ulong, int> _bySeries = [];
    private readonly Dictionary<(MetricType Type, string Unit, string Help), int> _ids = [];
    private readonly List<(MetricType Type, string Unit, string Help)> _texts = [];

    /// <summary>Series that have metadata.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _bySeries.Count;
            }
        }
    }

    /// <summary>Takes what is said; false when the series has just that already.</summary>
    public bool Set(in SeriesMetadata metadata)
    {
        var text = (metadata.Type, metadata.Unit, metadata.Help);
        lock (_lock)
        {
            if (!_ids.TryGetValue(text, out int id))
            {
                id = _texts.Count;
                _texts.Add(text);
                _ids.Add(text, id);
            }

            bool isNew = !_bySeries.TryGetValue(metadata.Series.Value, out int before) || before != id;
            _bySeries[metadata.Series.Value] = id;
            return isNew;
        }
    }

    /// <summary>All there is, by ascending series.</summary>
    public List<SeriesMetadata> CopyAll()
    {
        var all = new List<SeriesMetadata>();
        lock (_lock)
        {
            foreach ((ulong series, int id) in _bySeries)
            {
                (MetricType type, string unit, string help) = _texts[id];
                all.Add(new SeriesMetadata(new SeriesRef(series), type, unit, help));
            }
        }

        all.Sort(static (a, b) => a.Series.Value.CompareTo(b.Series.Value));
        return all;
    }

    /// <summary>What was last said of a series.</summary>
    public bool TryGet(SeriesRef series, out SeriesMetadata metadata)
    {
        lock (_lock)
        {
            bool found = _bySeries.TryGetValue(series.Value, out int id);
            (MetricType type, string unit, string help) = found ? _texts[id] : default;
            metadata = found ? new SeriesMetadata(series, type, unit, help) : default;
            return found;
        }
    }

    /// <summary>Forgets series, and the texts that no series has any more.</summary>
    public void Remove(IEnumerable<uint> series)
    {
        lock (_lock)
        {
            if (_bySeries.Count == 0)
            {
                return;
            }

            foreach (uint reference in series)
            {
                _bySeries.Remove(reference);
            }

            DropUnusedTexts();
        }
    }

    private void DropUnusedTexts()
    {
        int[] renumbered = new int[_texts.Count];
        foreach (int id in _bySeries.Values)
        {
            renumbered[id] = 1;
        }

        var kept = new List<(MetricType, string, string)>();
        _ids.Clear();
        for (int id = 0; id < renumbered.Length; id++)
        {
            if (renumbered[id] == 1)
            {
                renumbered[id] = kept.Count;
                _ids.Add(_texts[id], kept.Count);
                kept.Add(_texts[id]);
            }
        }

        if (kept.Count == _texts.Count)
        {
            return;
        }

        _texts.Clear();
        _texts.AddRange(kept);
        foreach (ulong series in _bySeries.Keys.ToArray())
        {
            _bySeries[series] = renumbered[_bySeries[series]];
        }
    }
}
