using Pharos.Core.Labels;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>Which rows of two operands meet.</summary>
internal static class MatchGroups
{
    /// <summary>The match group of every row: first those of the left side, then those of the right side.</summary>
    public static GroupIndex Of(VectorMatching matching, RowLabels left, RowLabels right, SymbolTable symbols) =>
        GroupIndex.Of(new ConcatenatedLabels(left, right, symbols), matching.MatchingLabels, !matching.On);

    /// <summary>The labels by which a row matches.</summary>
    public static Labels LabelsOf(VectorMatching matching, Labels labels) => matching.On
        ? LabelFilter.Only(matching.MatchingLabels).Apply(labels)
        : LabelFilter.Without([.. matching.MatchingLabels, Label.MetricName]).Apply(labels);
}
