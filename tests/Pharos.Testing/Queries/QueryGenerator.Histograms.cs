namespace Pharos.Testing.Queries;

// Native histograms: what gives histograms, and what makes numbers of them. Where one of them stands among numbers, the answer is an annotation.
public sealed partial class QueryGenerator
{
    private static readonly string[] HistogramsOverTime =
    [
        "rate", "rate", "rate", "increase", "increase", "delta", "irate", "idelta", "sum_over_time", "avg_over_time", "last_over_time",
    ];

    private Term OfHistograms(int depth, string[] labels) => _random.Next(10) switch
    {
        < 4 => Call(Pick("histogram_count", "histogram_sum", "histogram_avg", "histogram_stddev", "histogram_stdvar"), Histograms(depth - 1, labels)),
        < 6 => Call("histogram_quantile", Parameter(depth, Phi()), Histograms(depth - 1, labels)),
        6 => Call(
            "histogram_fraction",
            Parameter(depth, new NumberTerm(Pick(0, 0.1, 1, -1, double.NegativeInfinity))),
            Parameter(depth, new NumberTerm(Pick(0.3, 1, 2, 100, double.PositiveInfinity))),
            Rarely(2) ? Selector(MetricKind.Histogram) : Call("rate", Range(Selector(MetricKind.Histogram)))),
        7 when Rarely(3) => Call("-", Histograms(depth - 1, labels)),
        7 => Call(Pick("changes", "resets", "count_over_time", "present_over_time"), HistogramRange(depth - 1, labels)),
        _ => Histograms(depth - 1, labels),
    };

    private Term Histograms(int depth, string[] labels)
    {
        bool isFull = labels.Length == _all.Length;
        if (depth <= 0)
        {
            SelectorTerm selector = Selector(MetricKind.Histogram);
            return isFull ? selector : new AggregateTerm(Pick("sum", "sum", "avg"), null, selector, IsWithout: false, labels);
        }

        return _random.Next(12) switch
        {
            < 5 => isFull
                ? Call(Pick(HistogramsOverTime), HistogramRange(depth, labels))
                : new AggregateTerm(Pick("sum", "sum", "avg"), null, Histograms(depth - 1, _all), IsWithout: false, labels),
            5 or 6 => new BinaryTerm(Histograms(depth - 1, labels), Pick("+", "+", "-"), Histograms(depth - 1, labels)),
            7 => new BinaryTerm(Histograms(depth - 1, labels), Pick("*", "/"), Scalar(0)),
            8 => new BinaryTerm(Histograms(depth - 1, labels), Pick("==", "!=", "*", ">"), Pick([Histograms(depth - 1, labels), Scalar(0), Vector(depth - 1, labels)])),
            9 => new BinaryTerm(Histograms(depth - 1, labels), Pick("and", "or", "unless"), Vector(depth - 1, labels)),
            10 => new AggregateTerm(Pick("limitk", "topk"), new NumberTerm(_random.Next(1, 4)), Histograms(depth - 1, labels), IsWithout: false, Subset()),
            _ => Call(Pick(HistogramsOverTime), HistogramRange(depth, labels)),
        };
    }

    private Term HistogramRange(int depth, string[] labels) => labels.Length == _all.Length && _random.Next(4) > 0
        ? Range(Selector(MetricKind.Histogram))
        : new SubqueryTerm(Histograms(depth - 2, labels), Span(), Pick(_world.Interval, 30_000, 60_000), Shift());
}
