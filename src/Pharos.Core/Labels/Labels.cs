using System.Collections;
using System.Text;

namespace Pharos.Core.Labels;

/// <summary>
/// An immutable label set: sorted by name in UTF-8 byte order, names unique, no empty values. Equal sets are equal objects by value.
/// Usable from any thread.
/// </summary>
public sealed class Labels : IEquatable<Labels>, IReadOnlyList<Label>
{
    private readonly Label[] _labels;
    private int _hash;

    private Labels(Label[] sorted)
    {
        _labels = sorted;
    }

    /// <summary>The set without labels.</summary>
    public static Labels Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <summary>The value of <c>__name__</c>, empty when absent.</summary>
    public string MetricName => this[Label.MetricName];

    /// <inheritdoc/>
    public Label this[int index] => _labels[index];

    /// <summary>The value of the label, empty when absent.</summary>
    public string this[string name]
    {
        get
        {
            foreach (Label label in _labels)
            {
                if (string.Equals(label.Name, name, StringComparison.Ordinal))
                {
                    return label.Value;
                }
            }

            return "";
        }
    }

    /// <summary>Sorts, drops empty values, refuses a name given twice.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public static Labels Of(params ReadOnlySpan<Label> labels)
    {
        var builder = new LabelsBuilder(labels.Length);
        foreach (Label label in labels)
        {
            if (builder.Contains(label.Name))
            {
                throw new ArgumentException($"label name \"{label.Name}\" is not unique", nameof(labels));
            }

            builder.Set(label.Name, label.Value);
        }

        return builder.ToLabels();
    }

    /// <summary>Names and values in turn: <c>Of("__name__", "up", "job", "node")</c>.</summary>
    public static Labels Of(params ReadOnlySpan<string> namesAndValues)
    {
        if (namesAndValues.Length % 2 != 0)
        {
            throw new ArgumentException($"names and values come in pairs, got {namesAndValues.Length} strings", nameof(namesAndValues));
        }

        var labels = new Label[namesAndValues.Length / 2];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = new Label(namesAndValues[2 * i], namesAndValues[(2 * i) + 1]);
        }

        return Of(labels);
    }

    /// <summary>Whether the set has a label of this name.</summary>
    public bool Contains(string name) => this[name].Length > 0;

    /// <summary>The labels in order; valid as long as the set.</summary>
    public ReadOnlySpan<Label> AsSpan() => _labels;

    /// <inheritdoc/>
    public bool Equals(Labels? other) =>
        ReferenceEquals(this, other) || (other is not null && GetHashCode() == other.GetHashCode() && _labels.AsSpan().SequenceEqual(other._labels));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Labels);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var hash = new HashCode();
            foreach (Label label in _labels)
            {
                hash.Add(label.Name, StringComparer.Ordinal);
                hash.Add(label.Value, StringComparer.Ordinal);
            }

            int computed = hash.ToHashCode();
            _hash = computed == 0 ? 1 : computed;
        }

        return _hash;
    }

    /// <summary>Upstream's order of label sets: label by label, name before value, the shorter set first.</summary>
    public static int Compare(Labels x, Labels y)
    {
        int common = Math.Min(x.Count, y.Count);
        for (int i = 0; i < common; i++)
        {
            int order = Utf8Ordinal.Compare(x._labels[i].Name, y._labels[i].Name);
            if (order == 0)
            {
                order = Utf8Ordinal.Compare(x._labels[i].Value, y._labels[i].Value);
            }

            if (order != 0)
            {
                return order;
            }
        }

        return x.Count - y.Count;
    }

    /// <summary>Upstream's text form: <c>{a="b", c="d"}</c>, values quoted as Go does, names quoted where they are not of the old form.</summary>
    public override string ToString() => AppendTo(new StringBuilder(), withName: true).ToString();

    /// <summary>The form in which a series is written in a query: <c>name{a="b"}</c>, <c>name</c>, <c>{a="b"}</c>.</summary>
    public string ToMetricText()
    {
        var text = new StringBuilder();
        if (!LabelName.IsLegacyMetric(MetricName))
        {
            return AppendTo(text, withName: true).ToString();
        }

        text.Append(MetricName);
        return Count == 1 ? text.ToString() : AppendTo(text, withName: false).ToString();
    }

    /// <inheritdoc/>
    public IEnumerator<Label> GetEnumerator() => ((IEnumerable<Label>)_labels).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _labels.GetEnumerator();

    /// <summary>Takes ownership of an array that is sorted, unique and without empty values.</summary>
    internal static Labels FromSorted(Label[] sorted) => sorted.Length == 0 ? Empty : new Labels(sorted);

    private StringBuilder AppendTo(StringBuilder text, bool withName)
    {
        text.Append('{');
        bool first = true;
        foreach (Label label in _labels)
        {
            if (!withName && label.Name == Label.MetricName)
            {
                continue;
            }

            text.Append(first ? "" : ", ");
            first = false;
            if (LabelName.IsLegacy(label.Name))
            {
                text.Append(label.Name);
            }
            else
            {
                GoQuote.Append(text, label.Name);
            }

            text.Append('=');
            GoQuote.Append(text, label.Value);
        }

        return text.Append('}');
    }
}
