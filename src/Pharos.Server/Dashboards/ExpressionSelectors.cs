using Pharos.Core.Labels;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Server.Dashboards;

/// <summary>What an expression reads.</summary>
internal static class ExpressionSelectors
{
    /// <summary>All selectors, from left to right.</summary>
    public static IReadOnlyList<VectorSelector> Of(Expr expression)
    {
        var selectors = new List<VectorSelector>();
        Collect(expression, selectors);
        return selectors;
    }

    /// <summary>The names of the metrics that an expression reads, each once and sorted; none where it does not parse.</summary>
    public static IReadOnlyList<string> MetricNames(string expression, ParserOptions language)
    {
        try
        {
            return MetricNames(PromQLParser.ParseExpr(expression, language));
        }
        catch (PromQLException)
        {
            return [];
        }
    }

    /// <summary>The names of the metrics that an expression reads, each once and sorted.</summary>
    public static IReadOnlyList<string> MetricNames(Expr expression) =>
        [.. Of(expression).Select(NameOf).Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string NameOf(VectorSelector selector) => selector.Name.Length > 0
        ? selector.Name
        : selector.Matchers.FirstOrDefault(static m => m is { Type: MatchType.Equal, Name: Label.MetricName })?.Value ?? "";

    // No deeper than the parser lets a tree be.
    private static void Collect(Expr expression, List<VectorSelector> into)
    {
        if (expression is VectorSelector selector)
        {
            into.Add(selector);
        }

        foreach (Expr child in expression.Children)
        {
            Collect(child, into);
        }
    }
}
