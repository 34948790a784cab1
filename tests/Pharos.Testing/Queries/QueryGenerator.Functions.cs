namespace Pharos.Testing.Queries;

// Functions: those over time, those of each element, those that make labels and order.
public sealed partial class QueryGenerator
{
    private static readonly string[] PlainOverTime =
    [
        "rate", "rate", "rate", "increase", "increase", "delta", "irate", "idelta", "changes", "resets", "deriv", "sum_over_time", "avg_over_time", "min_over_time", "max_over_time",
        "count_over_time", "last_over_time", "present_over_time", "stddev_over_time", "stdvar_over_time", "ts_of_max_over_time", "ts_of_min_over_time", "ts_of_last_over_time",
    ];

    private static readonly string[] PlainMath =
    [
        "abs", "ceil", "floor", "sgn", "exp", "ln", "log2", "log10", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "deg", "rad",
    ];

    private static readonly string[] DateParts = ["day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year"];

    private CallTerm OverTime(int depth, string[] labels)
    {
        Term matrix = Matrix(depth, labels);
        return _random.Next(12) switch
        {
            0 => Call("quantile_over_time", Parameter(depth, Phi()), matrix),
            1 => Call("predict_linear", matrix, Parameter(depth, new NumberTerm(Pick(60, 3600, -600, 0.5)))),
            2 => Call("double_exponential_smoothing", matrix, new NumberTerm(Pick(0.1, 0.5, 0.9, 1)), new NumberTerm(Rarely(8) ? Pick(0, 1.5) : Pick(0.1, 0.5, 0.8))),

            // With NaN among the samples it has another answer since 3.14 (prometheus/prometheus#19040).
            3 => Call("mad_over_time", Range(Selector(MetricKind.Counter))),
            _ => Call(Pick(PlainOverTime), matrix),
        };
    }

    private CallTerm Function(int depth, string[] labels)
    {
        Term inner = Vector(depth - 1, labels);
        switch (_random.Next(13))
        {
            case 0 or 1:
                return Call(Pick("-", "-", "-", "+"), inner);
            case 2:
                return Call("clamp", inner, Parameter(depth, Number()), Parameter(depth, Number()));
            case 3:
                return Call(Pick("clamp_min", "clamp_max"), inner, Parameter(depth, Number()));
            case 4:
                return Rarely(2) ? Call("round", inner) : Call("round", inner, Parameter(depth, new NumberTerm(Pick(1, 0.5, 5, 0.1, -2, 0))));
            case 5 or 6:
                return Call("timestamp", inner);
            case 7:
                return Call(Pick(DateParts), Call("timestamp", inner));
            case 8:
                return Call(Pick("sort", "sort_desc"), inner);
            case 9:
                return new CallTerm(TermType.Vector, Pick("sort_by_label", "sort_by_label_desc"), [inner], Pick(_all), Pick(_all));
            default:
                return Call(Pick(PlainMath), inner);
        }
    }

    /// <summary>What has an order, which is only seen where it is the whole query.</summary>
    private Term Ordered(int depth) => _random.Next(4) switch
    {
        0 => Call(Pick("sort", "sort_desc"), Vector(depth, Subset())),
        1 => new CallTerm(TermType.Vector, Pick("sort_by_label", "sort_by_label_desc"), [Vector(depth, _all)], Pick(_all), Pick(_all)),
        _ => new AggregateTerm(Pick("topk", "bottomk"), new NumberTerm(_random.Next(1, 6)), Vector(depth, _all), IsWithout: false, []),
    };

    private CallTerm Labelled(int depth, string[] labels)
    {
        Term inner = Vector(depth - 1, labels);
        string source = Pick(_all), target = Pick("new", "new", "new", source, Pick(_all), "with.dot", Rarely(6) ? "__name__" : "new");
        return _random.Next(3) == 0
            ? new CallTerm(TermType.Vector, "label_join", [inner], target, Pick("-", "", ", "), source, Pick(_all))
            : new CallTerm(TermType.Vector, "label_replace", [inner], target, Pick("$1", "x-${1}", "", "$0$0", "${name}", "$$1", "é"), source, Pick("(.*)", "(.).*", "(?P<name>.)(.*)", "none", ".+", "(.*)(\\d)", ""));
    }

    /// <summary>A quantile of a classic histogram.</summary>
    private CallTerm Quantile(int depth, string[] labels)
    {
        SelectorTerm buckets = Selector(MetricKind.Buckets);
        Term vector = _random.Next(3) switch
        {
            0 => buckets,
            1 => Call(Pick("rate", "increase", "max_over_time"), Range(buckets)),
            _ => new AggregateTerm(Pick("sum", "sum", "avg", "max"), null, Call("rate", Range(buckets)), IsWithout: false, [.. labels, "le"]),
        };
        if (Rarely(20))
        {
            vector = Vector(depth - 1, labels);
        }

        return Call("histogram_quantile", Parameter(depth, Phi()), vector);
    }

    /// <summary>What has one element without labels.</summary>
    private CallTerm Global(int depth) => _random.Next(6) switch
    {
        0 or 1 => Call("vector", Scalar(depth - 1)),
        2 => Call("absent", Vector(depth - 1, _all)),
        3 => Call(Pick(DateParts)),
        _ => Call("absent_over_time", Matrix(depth, _all)),
    };

    /// <summary>A function whose argument is of another type than it wants: refused with its position.</summary>
    private CallTerm WrongType(int depth) => _random.Next(7) switch
    {
        0 => Call("rate", Vector(depth - 1, _all)),
        1 => Call("abs", Matrix(depth, _all)),
        2 => Call("vector", Vector(depth - 1, [])),
        3 => Call("clamp_max", Vector(depth - 1, _all)),
        4 => Call("round", Vector(depth - 1, _all), Number(), Number()),
        5 => Call("quantile_over_time", Matrix(depth, _all), Number()),
        _ => Call("no_such_function", Vector(depth - 1, _all)),
    };

    /// <summary>A parameter; now and then one that is computed.</summary>
    private Term Parameter(int depth, NumberTerm usual) => depth > 0 && Rarely(6) ? Scalar(depth - 1) : usual;

    private static CallTerm Call(string name, params IReadOnlyList<Term> arguments) => new(TermType.Vector, name, arguments);
}
