using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>Which label names stay: the listed ones, or all but the listed ones.</summary>
internal readonly struct LabelFilter
{
    private readonly string[] _names;
    private readonly bool _keeps;

    private LabelFilter(string[] names, bool keeps)
    {
        _names = names;
        _keeps = keeps;
    }

    /// <summary>Everything stays.</summary>
    public static LabelFilter All { get; } = new([], keeps: false);

    /// <summary>What does not name the metric stays: upstream drops name, type and unit together.</summary>
    public static LabelFilter NoMetric { get; } = new([Label.MetricName, "__type__", "__unit__"], keeps: false);

    public static LabelFilter Only(IEnumerable<string> names) => new([.. names], keeps: true);

    public static LabelFilter Without(IEnumerable<string> names) => new([.. names], keeps: false);

    public bool Allows(string name)
    {
        foreach (string listed in _names)
        {
            if (string.Equals(listed, name, StringComparison.Ordinal))
            {
                return _keeps;
            }
        }

        return !_keeps;
    }

    public Labels Apply(Labels labels)
    {
        if (_names.Length == 0)
        {
            return _keeps ? Labels.Empty : labels;
        }

        var builder = new LabelsBuilder(labels.Count);
        foreach (Label label in labels.AsSpan())
        {
            if (Allows(label.Name))
            {
                builder.Set(label.Name, label.Value);
            }
        }

        return builder.Count == labels.Count ? labels : builder.ToLabels();
    }
}
