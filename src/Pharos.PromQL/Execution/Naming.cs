using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>What happens to metric names where an operator changes the meaning of values.</summary>
internal static class Naming
{
    /// <summary>The labels without what names the metric; with delayed name removal the labels as they are, marked.</summary>
    public static RowLabels Drop(QueryRun run, RowLabels labels) => run.DelaysNames
        ? new ProjectedLabels(labels, null, LabelFilter.All, labels.AreUnique, pending: true)
        : DropNow(labels);

    /// <summary>The labels without what names the metric. They stay unique if there was one name only.</summary>
    public static RowLabels DropNow(RowLabels labels) => new ProjectedLabels(
        labels,
        null,
        LabelFilter.NoMetric,
        labels.AreUnique && IsConstant(labels, Label.MetricName) && IsConstant(labels, "__type__") && IsConstant(labels, "__unit__"));

    private static bool IsConstant(RowLabels labels, string name)
    {
        if (labels.Count < 2)
        {
            return true;
        }

        uint[] ids = new uint[labels.Count];
        labels.GetIds(name, ids);
        return !ids.AsSpan().ContainsAnyExcept(ids[0]);
    }
}
