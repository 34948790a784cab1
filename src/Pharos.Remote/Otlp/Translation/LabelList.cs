using System.Runtime.InteropServices;
using Pharos.Core.Labels;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>The labels of one series while they are gathered, few enough to be searched one by one. Not thread-safe.</summary>
internal sealed class LabelList
{
    private readonly List<Label> _labels = [];

    public int Count => _labels.Count;

    /// <summary>The value of a label; empty where it is absent.</summary>
    public string this[string name] => Find(name) is int i and >= 0 ? _labels[i].Value : "";

    /// <summary>The labels in their present order; valid until the next change.</summary>
    public ReadOnlySpan<Label> AsSpan() => CollectionsMarshal.AsSpan(_labels);

    public void Clear() => _labels.Clear();

    /// <summary>Adds to the end without looking whether the name is there.</summary>
    public void Add(string name, string value) => _labels.Add(new Label(name, value));

    /// <summary>Sets or replaces; an empty value removes.</summary>
    public void Set(string name, string value)
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
    }

    /// <summary>Sets a label that is absent.</summary>
    public void SetAbsent(string name, string value)
    {
        if (Find(name) < 0)
        {
            Set(name, value);
        }
    }

    public void CopyFrom(LabelList other)
    {
        _labels.Clear();
        _labels.AddRange(other.AsSpan());
    }

    /// <summary>Orders by name, in UTF-8; equal names stay in their order. By insertion: the lists are short and mostly in order.</summary>
    public void Sort()
    {
        Span<Label> labels = CollectionsMarshal.AsSpan(_labels);
        for (int i = 1; i < labels.Length; i++)
        {
            Label label = labels[i];
            int to = i;
            while (to > 0 && Utf8Ordinal.Compare(labels[to - 1].Name, label.Name) > 0)
            {
                labels[to] = labels[to - 1];
                to--;
            }

            labels[to] = label;
        }
    }

    private int Find(string name)
    {
        ReadOnlySpan<Label> labels = AsSpan();
        for (int i = 0; i < labels.Length; i++)
        {
            if (string.Equals(labels[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
