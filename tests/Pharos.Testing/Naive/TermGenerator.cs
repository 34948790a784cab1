using Pharos.Testing.Queries;
using Matcher = Pharos.Core.Matching.Matcher;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Testing.Naive;

/// <summary>
/// Makes random queries over <see cref="NaiveData"/> that are valid and mostly answer something: it knows types, and for vectors which labels
/// tell the elements apart, so that operators find partners. Now and then it takes other labels than it should.
/// </summary>
public sealed class TermGenerator(Random random)
{
    private static readonly string[] All = ["a", "b", "c"];
    private static readonly string[][] Subsets = [[], ["a"], ["b"], ["a", "b"], ["a", "c"], All];

    /// <summary>A query for an instant or a range.</summary>
    public Term Query(int depth) => random.Next(12) == 0 ? Scalar(depth) : Vector(depth, Subsets[random.Next(Subsets.Length)]);

    private Term Vector(int depth, string[] labels)
    {
        if (random.Next(40) == 0)
        {
            labels = Subsets[random.Next(Subsets.Length)];
        }

        if (depth <= 0)
        {
            return labels.Length == 3 ? Selector() : Aggregate(Selector(), labels);
        }

        if (random.Next(15) == 0)
        {
            return random.Next(3) == 0 ? CountValues(depth, labels) : OfBuckets(labels);
        }

        return random.Next(labels.Length == 0 ? 10 : 9) switch
        {
            0 or 1 => labels.Length == 3 ? OverTime(depth, labels) : Aggregate(Vector(depth - 1, All), labels),
            2 => OverTime(depth, labels),
            3 => Function(depth, labels),
            4 => Arithmetic(depth, labels),
            5 => Grouped(depth, labels),
            6 => SetOperation(depth, labels),
            7 => WithScalar(depth, labels),
            8 => Ranked(depth, labels),
            _ => Global(depth),
        };
    }

    private SelectorTerm Selector()
    {
        var matchers = new List<Matcher>
        {
            random.Next(60) == 0 ? new Matcher(MatchType.Match, "__name__", "m|g") : new Matcher(MatchType.Equal, "__name__", Pick("m", "g")),
        };
        if (random.Next(3) == 0)
        {
            matchers.Add(random.Next(5) switch
            {
                0 => new Matcher(MatchType.Equal, "a", Pick("0", "1", "none")),
                1 => new Matcher(MatchType.NotEqual, "b", Pick("0", "2", "")),
                2 => new Matcher(MatchType.Match, "b", Pick("0|1", ".*", "[12]", "")),
                3 => new Matcher(MatchType.NotMatch, "c", Pick("c1", ".+", "x.*")),
                _ => new Matcher(MatchType.Equal, "absent", ""),
            });
        }

        return new SelectorTerm(matchers, Shift());
    }

    private Shift Shift() => random.Next(10) switch
    {
        0 => new Shift(Offset: random.Next(-300, 600) * 1000L),
        1 => new Shift(At: NaiveData.Start + random.Next(1_800_000)),
        2 => new Shift(Offset: random.Next(0, 120_000), At: NaiveData.Start + 900_000),
        3 => new Shift(Word: Pick("start()", "end()")),
        _ => Queries.Shift.None,
    };

    private Term Matrix(int depth, string[] labels)
    {
        long range = random.Next(4) switch
        {
            0 => random.Next(1, 60) * 1000L,
            _ => random.Next(1, 20) * 30_000L,
        };
        return labels.Length == 3 && random.Next(4) > 0
            ? new RangeTerm(Selector(), range)
            : new SubqueryTerm(Vector(depth - 2, labels), range, random.Next(1, 9) * 15_000L, Shift());
    }

    private CallTerm OverTime(int depth, string[] labels)
    {
        Term matrix = Matrix(depth, labels);
        string name = Pick(
            "rate", "increase", "delta", "irate", "idelta", "changes", "resets", "deriv", "sum_over_time", "avg_over_time", "min_over_time", "max_over_time",
            "count_over_time", "last_over_time", "present_over_time", "stddev_over_time", "stdvar_over_time", "quantile_over_time", "predict_linear", "first_over_time", "mad_over_time",
            "ts_of_first_over_time", "ts_of_last_over_time", "ts_of_max_over_time", "ts_of_min_over_time", "double_exponential_smoothing");
        return name switch
        {
            "quantile_over_time" => new CallTerm(TermType.Vector, name, [Phi(), matrix]),
            "double_exponential_smoothing" => new CallTerm(TermType.Vector, name, [matrix, new NumberTerm(Pick(0.25, 0.5, 0.9)), new NumberTerm(Pick(0.125, 0.5))]),
            "predict_linear" => new CallTerm(TermType.Vector, name, [matrix, Scalar(0)]),
            _ => new CallTerm(TermType.Vector, name, [matrix]),
        };
    }

    private CallTerm Function(int depth, string[] labels)
    {
        Term inner = Vector(depth - 1, labels);
        switch (random.Next(9))
        {
            case 7:
                return new CallTerm(TermType.Vector, "label_join", [inner], Pick("c", "d", "a"), Pick("-", ""), Pick("a", "none"), Pick("b", "c"));
            case 8:
                return new CallTerm(
                    TermType.Vector,
                    Pick(
                        "log2", "log10", "sin", "cos", "tan", "sinh", "cosh", "tanh", "acos", "asin", "atan", "acosh", "asinh", "atanh", "deg", "rad",
                        "minute", "hour", "day_of_week", "day_of_month", "day_of_year", "days_in_month", "month", "year"),
                    [inner]);
            case 0:
                return new CallTerm(TermType.Vector, "-", [inner]);
            case 1:
                return new CallTerm(TermType.Vector, "clamp", [inner, new NumberTerm(random.Next(-5, 3)), new NumberTerm(random.Next(10))]);
            case 2:
                return new CallTerm(TermType.Vector, Pick("clamp_min", "clamp_max"), [inner, new NumberTerm(random.Next(-5, 5))]);
            case 3:
                return new CallTerm(TermType.Vector, "round", [inner, new NumberTerm(Pick(1.0, 0.5, 5, 0.1, -2))]);
            case 4:
                return new CallTerm(TermType.Vector, "timestamp", [inner]);
            case 5:
                return new CallTerm(
                    TermType.Vector, "label_replace", [inner], Pick("c", "d", "a"), Pick("$1", "x-${1}", "", "$0$0"), Pick("a", "b", "none"), Pick("(.*)", "(0|1)", "()[01]"));
            default:
                return new CallTerm(TermType.Vector, Pick("abs", "ceil", "floor", "sgn", "exp", "ln", "sqrt"), [inner]);
        }
    }

    private AggregateTerm Aggregate(Term inner, string[] labels)
    {
        string name = Pick("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar", "quantile");
        bool isWithout = random.Next(3) == 0;
        return new AggregateTerm(name, name == "quantile" ? Phi() : null, inner, isWithout, isWithout ? [.. All.Except(labels)] : labels);
    }

    private AggregateTerm CountValues(int depth, string[] labels)
    {
        var rounded = new CallTerm(TermType.Vector, "round", [Vector(depth - 1, labels), new NumberTerm(1)]);
        string label = Pick("d", "d", "b");
        bool isWithout = random.Next(3) == 0;
        string[] grouping = Subsets[random.Next(4)];
        return new AggregateTerm("count_values", new TextTerm(label), rounded, isWithout, isWithout ? [.. grouping.Except([label])] : grouping);
    }

    private CallTerm OfBuckets(string[] labels)
    {
        var selector = new SelectorTerm([new Matcher(MatchType.Equal, "__name__", "h_bucket")], Shift());
        Term buckets = random.Next(2) == 0 ? selector : new CallTerm(TermType.Vector, Pick("rate", "increase"), [new RangeTerm(selector, random.Next(2, 20) * 30_000L)]);
        if (random.Next(4) > 0)
        {
            buckets = new AggregateTerm("sum", null, buckets, IsWithout: false, [.. labels, "le"]);
        }

        return random.Next(3) == 0
            ? new CallTerm(TermType.Vector, "histogram_fraction", [new NumberTerm(Pick(0, -1, 0.25)), new NumberTerm(Pick(1.0, 0.75, 5, 0)), buckets])
            : new CallTerm(TermType.Vector, "histogram_quantile", [Phi(), buckets]);
    }

    private AggregateTerm Ranked(int depth, string[] labels)
    {
        bool isWithout = random.Next(3) == 0;
        Term k = random.Next(4) == 0 ? Scalar(0) : new NumberTerm(random.Next(4));
        return new AggregateTerm(Pick("topk", "bottomk"), k, Vector(depth - 1, labels), isWithout, Subsets[random.Next(3)]);
    }

    /// <summary>One to one, or one element with itself under what is left when labels are ignored.</summary>
    private BinaryTerm Arithmetic(int depth, string[] labels)
    {
        Term left = Vector(depth - 1, labels), right = Vector(depth - 1, labels);
        string name = Operator(out bool isBool);
        return random.Next(4) switch
        {
            0 => new BinaryTerm(left, name, right, isBool, IsOn: true, Matching: labels),
            1 => new BinaryTerm(left, name, right, isBool, IsOn: false, Matching: ["d", "none"]),
            _ => new BinaryTerm(left, name, right, isBool),
        };
    }

    private BinaryTerm Grouped(int depth, string[] labels)
    {
        string[] on = [.. labels.Where(_ => random.Next(2) == 0)];
        string[] include = random.Next(3) == 0 ? [.. new[] { Pick("c", "d") }.Except(on)] : [];
        Term many = Vector(depth - 1, labels), one = Vector(depth - 1, on);
        string name = Operator(out bool isBool);
        return random.Next(2) == 0
            ? new BinaryTerm(many, name, one, isBool, IsOn: true, Matching: on, Group: "group_left", Include: include)
            : new BinaryTerm(one, name, many, isBool, IsOn: true, Matching: on, Group: "group_right", Include: include);
    }

    private BinaryTerm SetOperation(int depth, string[] labels)
    {
        string[] on = [.. labels.Where(_ => random.Next(2) == 0)];
        Term left = Vector(depth - 1, labels);
        return random.Next(3) switch
        {
            0 => new BinaryTerm(left, Pick("and", "or", "unless"), Vector(depth - 1, labels)),
            1 => new BinaryTerm(left, Pick("and", "unless"), Vector(depth - 1, on), IsOn: true, Matching: on),
            _ => new BinaryTerm(left, Pick("and", "or", "unless"), Vector(depth - 1, labels), IsOn: false, Matching: [Pick("a", "b", "c")]),
        };
    }

    private BinaryTerm WithScalar(int depth, string[] labels)
    {
        Term vector = Vector(depth - 1, labels), scalar = Scalar(random.Next(2));
        string name = Operator(out bool isBool);
        return random.Next(2) == 0 ? new BinaryTerm(vector, name, scalar, isBool) : new BinaryTerm(scalar, name, vector, isBool);
    }

    /// <summary>What has one element without labels.</summary>
    private CallTerm Global(int depth) => random.Next(3) switch
    {
        0 => new CallTerm(TermType.Vector, "vector", [Scalar(depth - 1)]),
        1 => new CallTerm(TermType.Vector, "absent", [Vector(depth - 1, All)]),
        _ => new CallTerm(TermType.Vector, "absent_over_time", [Matrix(depth, All)]),
    };

    private Term Scalar(int depth)
    {
        switch (random.Next(depth <= 0 ? 3 : 5))
        {
            case 0 or 1:
                return new NumberTerm(random.Next(20) == 0 ? Pick(double.PositiveInfinity, double.NegativeInfinity, 0) : random.Next(-8, 9) * 0.5);
            case 2:
                return new CallTerm(TermType.Scalar, "time", []);
            case 3:
                return new CallTerm(TermType.Scalar, "scalar", [Vector(depth - 1, [])]);
            default:
                string name = Operator(out bool isBool);
                return new BinaryTerm(Scalar(depth - 1), name, Scalar(depth - 1), isBool || BinaryTerm.Comparisons.Contains(name));
        }
    }

    private NumberTerm Phi() => new(Pick(0, 0.25, 0.5, 0.9, 1, -1, 2));

    private string Operator(out bool isBool)
    {
        string name = random.Next(3) == 0 ? Pick(BinaryTerm.Comparisons) : Pick("+", "-", "*", "/", "%", "^", "atan2");
        isBool = BinaryTerm.Comparisons.Contains(name) && random.Next(3) == 0;
        return name;
    }

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
