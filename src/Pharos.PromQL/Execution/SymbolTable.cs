namespace Pharos.PromQL.Execution;

/// <summary>Ids for label values that are computed in a query and so have none in the store. Thread-safe.</summary>
internal sealed class SymbolTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, uint> _ids = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _values = [""];

    /// <summary>The id of a text; 0 for the empty one.</summary>
    public uint Intern(string value)
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

    /// <summary>The text of an id.</summary>
    public string ValueOf(uint id)
    {
        lock (_lock)
        {
            return _values[(int)id];
        }
    }

    /// <summary>A column of ids of this table, whatever kind the labels have.</summary>
    public void GetIds(RowLabels labels, string name, Span<uint> ids)
    {
        labels.GetIds(name, ids);
        if (!labels.IsStored)
        {
            return;
        }

        var known = new Dictionary<uint, uint> { [0] = 0 };
        foreach (ref uint id in ids)
        {
            if (!known.TryGetValue(id, out uint own))
            {
                own = Intern(labels.ValueOf(id));
                known.Add(id, own);
            }

            id = own;
        }
    }
}
