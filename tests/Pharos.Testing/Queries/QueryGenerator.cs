using Matcher = Pharos.Core.Matching.Matcher;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Testing.Queries;

/// <summary>
/// Makes queries over a described world that mostly answer something. It knows types, and for vectors which labels tell the elements apart, so that operators find
/// partners. Now and then it takes other labels or another type than it should, for the refusals. The same random numbers give the same queries.
/// </summary>
public sealed partial class QueryGenerator
{
    private static readonly string[] Comparisons = ["==", "!=", ">", "<", ">=", "<="];
    private static readonly string[] Arithmetic = ["+", "-", "*", "/", "%", "^", "atan2"];

    private readonly Random _random;
    private readonly QueryWorld _world;
    private readonly string[] _all;
    private readonly string[][] _subsets;
    private readonly bool _hasHistograms;

    public QueryGenerator(Random random, QueryWorld world)
    {
        _random = random;
        _world = world;
        _all = [.. world.Labels];
        _subsets = [[], [_all[0]], [_all[1]], [_all[0], _all[1]], _all, _all];
        _hasHistograms = world.Metrics.Any(static m => m.Kind == MetricKind.Histogram);
    }

    /// <summary>What may stand alone as a query.</summary>
    public Term Query(int depth) => _random.Next(40) switch
    {
        0 or 1 => Scalar(depth),
        2 => Matrix(depth, _all),
        3 when Rarely(4) => new TextTerm(Pick("some text", "", "with \"quotes\" and \\")),
        4 or 5 => Ordered(depth),
        6 => WrongType(depth),
        _ => Vector(depth, Subset()),
    };

    /// <summary>An instant query and a range query of the same expression.</summary>
    public (QueryCase Instant, QueryCase Range) Cases(int depth)
    {
        Term query;
        do
        {
            query = Query(depth);
        }
        while (Conditioning.IsIll(query));

        long start = Time();
        long step = Pick(1000, 7500, _world.Interval, 2 * _world.Interval, 60_000, 77_777, 300_000);
        long end = start + (step * _random.Next(16)) + _random.Next(3) switch
        {
            0 => _random.Next((int)step),
            _ => 0,
        };
        long lookback = Rarely(15) ? _random.Next(1, 900_000) : 0;
        return (QueryCase.Instant(query, Time()) with { Lookback = lookback }, new QueryCase(query, start, end, step) { Lookback = lookback });
    }

    /// <summary>One element for each combination of these labels.</summary>
    private Term Vector(int depth, string[] labels)
    {
        if (Rarely(50))
        {
            labels = Subset();
        }

        if (depth > 0 && _hasHistograms && _random.Next(4) == 0)
        {
            return OfHistograms(depth, labels);
        }

        bool isFull = labels.Length == _all.Length;
        if (depth <= 0)
        {
            return isFull ? Selector() : Aggregate(Selector(), labels);
        }

        return _random.Next(labels.Length == 0 ? 28 : 25) switch
        {
            < 4 => isFull ? OverTime(depth, labels) : Aggregate(Vector(depth - 1, _all), labels),
            < 8 => OverTime(depth, labels),
            < 12 => Function(depth, labels),
            < 15 => Operation(depth, labels),
            < 17 => Grouped(depth, labels),
            < 19 => SetOperation(depth, labels),
            < 21 => WithScalar(depth, labels),
            < 22 => Ranked(depth, labels),
            < 23 => Labelled(depth, labels),
            < 24 => Quantile(depth, labels),
            < 25 => Joined(depth, labels),
            _ => Global(depth),
        };
    }

    private SelectorTerm Selector() => Selector(MetricKind.Counter, MetricKind.Gauge, MetricKind.Histogram);

    private SelectorTerm Selector(params MetricKind[] kinds)
    {
        MetricShape[] metrics = [.. _world.Metrics.Where(m => kinds.Contains(m.Kind))];
        var matchers = new List<Matcher> { new(MatchType.Equal, "__name__", Pick(metrics).Name) };
        if (Rarely(60))
        {
            matchers[0] = new Matcher(MatchType.Match, "__name__", string.Join('|', Pick(metrics).Name, Pick(metrics).Name));
        }
        else if (Rarely(80))
        {
            matchers[0] = new Matcher(MatchType.Equal, "__name__", "no_such_metric");
        }

        for (int i = _random.Next(5); i < 2; i++)
        {
            matchers.Add(LabelMatcher());
        }

        return new SelectorTerm(matchers, Shift());
    }

    private Matcher LabelMatcher()
    {
        string label = Pick(_all);
        IReadOnlyList<string> values = _world.Values[label];
        string value = Pick(values), other = Pick(values);
        return _random.Next(8) switch
        {
            0 => new Matcher(MatchType.Equal, label, Rarely(5) ? "none" : value),
            1 or 2 => new Matcher(MatchType.NotEqual, label, Rarely(5) ? "" : value),
            3 => new Matcher(MatchType.Match, label, $"{value}|{other}"),
            4 => new Matcher(MatchType.Match, label, Pick(".+", ".*", $".*{value[^1]}", $"{value[0]}.*", "(?i)" + value.ToUpperInvariant(), "")),
            5 => new Matcher(MatchType.NotMatch, label, Pick(value, "x.*", $"{value}|none", $".*{value[^1]}")),
            6 => new Matcher(MatchType.Equal, "absent", ""),
            _ => new Matcher(MatchType.NotMatch, "absent", ".+"),
        };
    }

    private Shift Shift() => _random.Next(14) switch
    {
        0 => new Shift(Offset: _random.Next(-20, 40) * _world.Interval),
        1 => new Shift(Offset: _random.Next(-300_000, 900_000)),
        2 => new Shift(At: Time()),
        3 => new Shift(Offset: _random.Next(0, 120) * 1000, At: Time()) { OffsetFirst = Rarely(2) },
        4 => new Shift(Word: Pick("start()", "end()")),
        5 when Rarely(3) => new Shift(Offset: _world.Interval * 4, Word: Pick("start()", "end()")),
        _ => Queries.Shift.None,
    };

    private long Span() => _random.Next(6) switch
    {
        0 => _random.Next(1, 60) * 1000L,
        1 => _random.Next(1, 600_000),
        _ => _random.Next(1, 24) * _world.Interval,
    };

    private Term Matrix(int depth, string[] labels) => labels.Length == _all.Length && _random.Next(4) > 0
        ? Range(Selector())
        : new SubqueryTerm(Vector(depth - 2, labels), Span(), _random.Next(5) == 0 ? 0 : Pick(_world.Interval, 30_000, 60_000, 11_111, 4000), Shift());

    private RangeTerm Range(SelectorTerm selector)
    {
        long span = Span();
        return Rarely(25) ? new RangeTerm(selector, span, $"2 * {Writing.Duration(span)} - {Writing.Duration(span)}") : new RangeTerm(selector, span);
    }

    private Term Scalar(int depth)
    {
        switch (_random.Next(depth <= 0 ? 3 : 6))
        {
            case 0 or 1:
                return Number();
            case 2:
                return new CallTerm(TermType.Scalar, Pick("time", "time", "pi"), []);
            case 3:
                return new CallTerm(TermType.Scalar, "scalar", [Vector(depth - 1, [])]);
            case 4 when Rarely(2):
                return new CallTerm(TermType.Scalar, Pick("-", "+"), [Scalar(depth - 1)]);
            default:
                string name = Operator(out bool isBool);
                return new BinaryTerm(Scalar(depth - 1), name, Scalar(depth - 1), isBool || Comparisons.Contains(name));
        }
    }

    private NumberTerm Number() => new(_random.Next(25) switch
    {
        0 => Pick(double.PositiveInfinity, double.NegativeInfinity, double.NaN, 0),
        1 => Pick(1e-7, 1e21, 123456.789, 0.1),
        _ => _random.Next(-8, 17) * 0.5,
    });

    private NumberTerm Phi() => new(Rarely(12) ? Pick(-1, 2, double.NaN, double.PositiveInfinity) : Pick(0, 0.25, 0.5, 0.9, 0.99, 1));

    private string Operator(out bool isBool)
    {
        string name = _random.Next(3) == 0 ? Pick(Comparisons) : Pick(Arithmetic);
        isBool = Comparisons.Contains(name) && _random.Next(3) == 0;
        return name;
    }

    // On a sample's usual time, or anywhere; also a little before the first and after the last.
    private long Time() => _random.Next(3) == 0
        ? _world.Start + _random.Next(-300_000, (int)(_world.End - _world.Start) + 600_000)
        : _world.Start + (_random.Next((int)((_world.End - _world.Start) / _world.Interval)) * _world.Interval);

    private string[] Subset() => _subsets[_random.Next(_subsets.Length)];

    private bool Rarely(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(params IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
