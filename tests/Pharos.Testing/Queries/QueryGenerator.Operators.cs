using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Testing.Queries;

// Aggregations and binary operators.
public sealed partial class QueryGenerator
{
    private static readonly string[] PlainAggregations = ["sum", "sum", "avg", "min", "max", "count", "group", "stddev", "stdvar"];

    private AggregateTerm Aggregate(Term inner, string[] labels)
    {
        bool isWithout = _random.Next(3) == 0;
        string[] grouping = isWithout ? [.. _all.Except(labels)] : labels;
        if (Rarely(30))
        {
            grouping = [.. grouping, Pick("le", "absent", "with.dot", "version")];
        }

        return _random.Next(12) switch
        {
            0 => new AggregateTerm("quantile", Parameter(1, Phi()), inner, isWithout, grouping),

            // The values of a count are told apart by a label; it is summed up again.
            1 => new AggregateTerm("sum", null, CountValues(inner, isWithout, grouping), isWithout, grouping),
            _ => new AggregateTerm(Pick(PlainAggregations), null, inner, isWithout, grouping) { GroupsBehind = Rarely(5) },
        };
    }

    private AggregateTerm CountValues(Term inner, bool isWithout, string[] grouping) =>
        new("count_values", new TextTerm(Pick("value", "value", "value.utf8", Pick(_all))), Call("round", inner), isWithout, grouping);

    private AggregateTerm Ranked(int depth, string[] labels)
    {
        bool isWithout = _random.Next(3) == 0;
        string[] grouping = Subset();
        Term inner = Vector(depth - 1, labels);
        return _random.Next(8) switch
        {
            0 => CountValues(inner, isWithout, grouping),
            1 => new AggregateTerm("limitk", Parameter(depth, new NumberTerm(_random.Next(4))), inner, isWithout, grouping),
            2 => new AggregateTerm("limit_ratio", Parameter(depth, new NumberTerm(Pick(0.5, -0.5, 0.1, 0.9, -0.3, 1, Rarely(5) ? 1.5 : 0))), inner, isWithout, grouping),
            _ => new AggregateTerm(Pick("topk", "bottomk"), Parameter(depth, new NumberTerm(Rarely(20) ? Pick(-1, 2.7, double.NaN) : _random.Next(5))), inner, isWithout, grouping),
        };
    }

    /// <summary>One to one.</summary>
    private BinaryTerm Operation(int depth, string[] labels)
    {
        Term left = Vector(depth - 1, labels), right = Vector(depth - 1, labels);
        string name = Operator(out bool isBool);
        return _random.Next(5) switch
        {
            0 => new BinaryTerm(left, name, right, isBool, IsOn: true, Matching: labels),
            1 => new BinaryTerm(left, name, right, isBool, IsOn: false, Matching: ["absent"]),
            2 when Rarely(4) => new BinaryTerm(left, name, right, isBool, IsOn: Rarely(2), Matching: Subset()),
            _ => new BinaryTerm(left, name, right, isBool) { BreaksLine = Rarely(6) },
        };
    }

    private BinaryTerm Grouped(int depth, string[] labels)
    {
        string[] on = [.. labels.Where(_ => _random.Next(2) == 0)];
        string[] include = _random.Next(3) == 0 ? [.. new[] { Pick("absent", Pick(_all)) }.Except(on)] : [];
        Term many = Vector(depth - 1, labels), one = Vector(depth - 1, on);
        string name = Operator(out bool isBool);
        bool isLeft = _random.Next(2) == 0, isIgnoring = _random.Next(4) == 0;
        string[] matching = isIgnoring ? [.. labels.Except(on)] : on;
        return new BinaryTerm(isLeft ? many : one, name, isLeft ? one : many, isBool, IsOn: !isIgnoring, Matching: matching, Group: isLeft ? "group_left" : "group_right", Include: include);
    }

    /// <summary>The labels of an info metric, brought in by a join or by <c>info</c>.</summary>
    private Term Joined(int depth, string[] labels)
    {
        MetricShape[] infos = [.. _world.Metrics.Where(static m => m.Kind == MetricKind.Info)];
        MetricShape info = Pick(infos);
        string[] on = [.. info.Labels.Intersect(_all)];
        if (on.Except(labels).Any())
        {
            return Vector(depth - 1, labels);
        }

        SelectorTerm one = new([new(MatchType.Equal, "__name__", info.Name)], Shift());
        Term many = Vector(depth - 1, labels);
        string[] include = [.. info.Labels.Except(_all)];
        return new BinaryTerm(many, Pick("*", "+", "=="), one, IsOn: true, Matching: on, Group: "group_left", Include: include);
    }

    private BinaryTerm SetOperation(int depth, string[] labels)
    {
        string[] on = [.. labels.Where(_ => _random.Next(2) == 0)];
        Term left = Vector(depth - 1, labels);
        return _random.Next(4) switch
        {
            0 or 1 => new BinaryTerm(left, Pick("and", "or", "unless"), Vector(depth - 1, labels)),
            2 => new BinaryTerm(left, Pick("and", "unless"), Vector(depth - 1, on), IsOn: true, Matching: on),
            _ => new BinaryTerm(left, Pick("and", "or", "unless"), Vector(depth - 1, labels), IsOn: Rarely(3), Matching: [Pick(_all)]),
        };
    }

    private BinaryTerm WithScalar(int depth, string[] labels)
    {
        Term vector = Vector(depth - 1, labels), scalar = Scalar(_random.Next(2));
        string name = Operator(out bool isBool);
        return _random.Next(2) == 0 ? new BinaryTerm(vector, name, scalar, isBool) : new BinaryTerm(scalar, name, vector, isBool);
    }
}
