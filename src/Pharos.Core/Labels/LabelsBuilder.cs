namespace Pharos.Core.Labels;

/// <summary>Builds and edits label sets. Not thread-safe; reusable after <see cref="Reset()"/>.</summary>
public sealed class LabelsBuilder
{
    private readonly List<Label> _labels;

    /// <summary>An empty builder.</summary>
    public LabelsBuilder(int capacity = 8)
    {
        _labels = new List<Label>(capacity);
    }

    /// <summary>A builder that starts from a set.</summary>
    public LabelsBuilder(Labels labels)
        : this(labels.Count + 4)
    {
        Reset(labels);
    }

    /// <summary>How many labels are set.</summary>
    public int Count => _labels.Count;

    /// <summary>The value of the label, empty when absent.</summary>
    public string this[string name] => Find(name) is int i and >= 0 ? _labels[i].Value : "";

    /// <summary>Whether the label is set.</summary>
    public bool Contains(string name) => Find(name) >= 0;

    /// <summary>Starts again from nothing.</summary>
    public LabelsBuilder Reset()
    {
        _labels.Clear();
        return this;
    }

    /// <summary>Starts again from a set.</summary>
    public LabelsBuilder Reset(Labels labels)
    {
        _labels.Clear();
        foreach (Label label in labels.AsSpan())
        {
            _labels.Add(label);
        }

        return this;
    }

    /// <summary>Sets or replaces; an empty value removes.</summary>
    public LabelsBuilder Set(string name, string value)
    {
        int i = Find(name);
        if (value.Length == 0)
        {
            if (i >= 0)
            {
                _labels.RemoveAt(i);
            }
        }
        else if (i >= 0)
        {
            _labels[i] = new Label(name, value);
        }
        else
        {
            _labels.Add(new Label(name, value));
        }

        return this;
    }

    /// <summary>Removes the label where it is set.</summary>
    public LabelsBuilder Remove(string name) => Set(name, "");

    /// <summary>A copy of what is set now, in no particular order; for loops that edit while they read.</summary>
    public Label[] Snapshot() => [.. _labels];

    /// <summary>The immutable set.</summary>
    public Labels ToLabels()
    {
        Label[] sorted = [.. _labels];
        Array.Sort(sorted, static (x, y) => Utf8Ordinal.Compare(x.Name, y.Name));
        return Labels.FromSorted(sorted);
    }

    private int Find(string name)
    {
        for (int i = 0; i < _labels.Count; i++)
        {
            if (string.Equals(_labels[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
