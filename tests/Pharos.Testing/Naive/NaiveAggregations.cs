using System.Globalization;
using Pharos.Core.Labels;
using Pharos.Testing.Queries;

namespace Pharos.Testing.Naive;

/// <summary>Aggregations: group by labels, then each group by itself.</summary>
internal static class NaiveAggregations
{
    public static List<Element> Apply(AggregateTerm term, double parameter, List<Element> elements)
    {
        if (term.Name is "topk" or "bottomk" && !(parameter < long.MaxValue))
        {
            throw new NaiveFailureException($"{term}: {parameter} is no number of elements");
        }

        if (term.Name == "count_values")
        {
            return CountValues(term, ((TextTerm)term.Parameter!).Value, elements);
        }

        var result = new List<Element>();
        foreach (IGrouping<Labels, Element> group in elements.GroupBy(e => GroupOf(term, e.Labels)))
        {
            if (term.Name is "topk" or "bottomk")
            {
                result.AddRange(First(group, parameter, isTop: term.Name == "topk"));
            }
            else
            {
                result.Add(new Element(group.Key, Value(term.Name, parameter, [.. group.Select(static e => e.Value)])));
            }
        }

        return result;
    }

    private static Labels GroupOf(AggregateTerm term, Labels labels) =>
        term.IsWithout ? NaiveLabels.Drop(labels, [.. term.Grouping, Label.MetricName]) : NaiveLabels.Keep(labels, term.Grouping);

    private static double Value(string name, double parameter, double[] values) => name switch
    {
        "sum" => values.Sum(),
        "avg" => values.Average(),
        "min" => NaiveStatistics.Min(values),
        "max" => NaiveStatistics.Max(values),
        "count" => values.Length,
        "group" => 1,
        "stddev" => Math.Sqrt(NaiveStatistics.Variance(values)),
        "stdvar" => NaiveStatistics.Variance(values),
        "quantile" => NaiveStatistics.Quantile(parameter, values),
        _ => throw new ArgumentException($"no aggregation: {name}", nameof(name)),
    };

    /// <summary>How often each value occurs; a group has the labels that it is grouped by, but for the one that tells the value.</summary>
    private static List<Element> CountValues(AggregateTerm term, string label, List<Element> elements) =>
    [
        .. elements
            .GroupBy(e => (Group: NaiveLabels.Drop(GroupOf(term, e.Labels), label), Text: TextOf(e.Value)))
            .Select(g => new Element(
                term.IsWithout && term.Grouping.Contains(label) ? throw new UndecidedException("a value that no label tells") : new LabelsBuilder(g.Key.Group).Set(label, g.Key.Text).ToLabels(),
                g.Count())),
    ];

    private static string TextOf(double value)
    {
        if (double.IsFinite(value) && (!Rounding.IsExact(value) || Math.Abs(value) > 1e9))
        {
            throw new UndecidedException($"the digits of {value:R}");
        }

        return value switch
        {
            double.PositiveInfinity => "+Inf",
            double.NegativeInfinity => "-Inf",
            0 => double.IsNegative(value) ? "-0" : "0",
            _ => value.ToString("R", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The k greatest or least; NaN is worse than everything. Which of two equals is taken is nobody's promise.</summary>
    private static IEnumerable<Element> First(IEnumerable<Element> group, double parameter, bool isTop)
    {
        int k = parameter < 1 ? 0 : (int)Math.Min(parameter, 1000);
        Element[] ordered = isTop
            ? [.. group.OrderByDescending(static e => e.Value)]
            : [.. group.OrderBy(static e => double.IsNaN(e.Value)).ThenBy(static e => e.Value)];
        if (k > 0 && k < ordered.Length && Rounding.AreClose(ordered[k - 1].Value, ordered[k].Value))
        {
            throw new UndecidedException("two equal values at the edge of what is taken");
        }

        return ordered.Take(k);
    }
}
