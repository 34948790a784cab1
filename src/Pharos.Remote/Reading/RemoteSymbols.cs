namespace Pharos.Remote.Reading;

/// <summary>Ids of label values and shapes, the same over all sets of one querier. Thread-safe.</summary>
internal sealed class RemoteSymbols
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, uint> _ids = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _values = [""];
    private readonly Dictionary<string, uint> _shapeIds = new(StringComparer.Ordinal);
    private readonly List<string[]> _shapes = [];

    public uint IdOf(string value)
    {
        lock (_lock)
        {
            if (!_ids.TryGetValue(value, out uint id))
            {
                id = (uint)_values.Count;
                _ids.Add(value, id);
                _values.Add(value);
            }

            return id;
        }
    }

    public string ValueOf(uint id)
    {
        lock (_lock)
        {
            return _values[(int)id];
        }
    }

    public uint ShapeOf(Core.Labels.Labels labels)
    {
        string[] names = [.. labels.Select(static label => label.Name)];

        // No byte of UTF-8 text is 0xff, and no name holds this one.
        string key = string.Join('\uffff', names);
        lock (_lock)
        {
            if (!_shapeIds.TryGetValue(key, out uint id))
            {
                id = (uint)_shapes.Count;
                _shapeIds.Add(key, id);
                _shapes.Add(names);
            }

            return id;
        }
    }

    public IReadOnlyList<string> NamesOf(uint shape)
    {
        lock (_lock)
        {
            return _shapes[(int)shape];
        }
    }
}
