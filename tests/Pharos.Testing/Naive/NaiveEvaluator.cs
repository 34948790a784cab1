using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Testing.Queries;

namespace Pharos.Testing.Naive;

/// <summary>
/// PromQL as its documentation tells it, for one step at a time and one sample at a time: slow and obvious. What the engine answers must be this.
/// </summary>
public sealed class NaiveEvaluator(IReadOnlyDictionary<Labels, List<Sample>> data, long queryStart, long queryEnd)
{
    private const long Lookback = 300_000;

    /// <summary>The elements at a time; a scalar is one element without labels.</summary>
    /// <exception cref="NaiveFailureException">The query must be refused.</exception>
    /// <exception cref="UndecidedException">The answer hangs on rounding.</exception>
    public List<Element> Evaluate(Term term, long time) =>
        term.Type == TermType.Scalar ? [new Element(Labels.Empty, Scalar(term, time))] : Vector(term, time);

    public double Scalar(Term term, long time) => term switch
    {
        NumberTerm number => number.Value,
        CallTerm { Name: "time" } => time / 1000.0,
        CallTerm { Name: "scalar" } call => Vector(call.Parts[0], time) is [Element only] ? only.Value : double.NaN,
        BinaryTerm binary => NaiveOperators.OfScalars(binary, Scalar(binary.Left, time), Scalar(binary.Right, time)),
        _ => throw new ArgumentException($"no scalar: {term}", nameof(term)),
    };

    public List<Element> Vector(Term term, long time)
    {
        List<Element> elements = term switch
        {
            SelectorTerm selector => Select(selector, time, static (_, sample) => sample.Value),
            AggregateTerm { Parameter: Term { Type: TermType.Scalar } parameter } aggregate => NaiveAggregations.Apply(aggregate, Scalar(parameter, time), Vector(aggregate.Inner, time)),
            AggregateTerm aggregate => NaiveAggregations.Apply(aggregate, double.NaN, Vector(aggregate.Inner, time)),
            BinaryTerm { Left.Type: TermType.Scalar } binary => NaiveOperators.OfScalarLeft(binary, Scalar(binary.Left, time), Vector(binary.Right, time)),
            BinaryTerm { Right.Type: TermType.Scalar } binary => NaiveOperators.OfScalarRight(binary, Vector(binary.Left, time), Scalar(binary.Right, time)),
            BinaryTerm binary => NaiveOperators.OfVectors(binary, Vector(binary.Left, time), Vector(binary.Right, time)),
            CallTerm call => Call(call, time),
            _ => throw new ArgumentException($"no vector: {term}", nameof(term)),
        };
        if (elements.Select(static e => e.Labels).Distinct().Count() < elements.Count)
        {
            throw new NaiveFailureException($"{term}: two elements have the same labels");
        }

        return elements;
    }

    private List<Element> Call(CallTerm call, long time)
    {
        switch (call.Name)
        {
            case "vector":
                return [new Element(Labels.Empty, Scalar(call.Parts[0], time))];
            case "absent":
                return Vector(call.Parts[0], time).Count > 0 ? [] : [new Element(NaiveLabels.OfAbsent(call.Parts[0]), 1)];
            case "absent_over_time":
                return Matrix(call.Parts[0], time).Series.Count > 0 ? [] : [new Element(NaiveLabels.OfAbsent(call.Parts[0]), 1)];
            case "timestamp":
                return call.Parts[0] is SelectorTerm selector
                    ? NaiveLabels.DropNames(Select(selector, time, static (_, sample) => sample.Timestamp / 1000.0))
                    : NaiveLabels.DropNames([.. Vector(call.Parts[0], time).Select(e => e with { Value = time / 1000.0 })]);
            case "histogram_quantile":
                return NaiveBuckets.Quantile(Scalar(call.Parts[0], time), Vector(call.Parts[1], time));
            case "histogram_fraction":
                return NaiveBuckets.Fraction(Scalar(call.Parts[0], time), Scalar(call.Parts[1], time), Vector(call.Parts[2], time));
            case "label_join":
                return NaiveLabels.Join(Vector(call.Parts[0], time), call.Texts[0], call.Texts[1], [.. call.Texts.Skip(2)]);
            case "label_replace":
                return NaiveLabels.Replace(Vector(call.Parts[0], time), call.Texts[0], call.Texts[1], call.Texts[2], call.Texts[3]);
            default:
                double[] parameters = [.. call.Parts.Where(static p => p.Type == TermType.Scalar).Select(p => Scalar(p, time))];
                return call.Parts.FirstOrDefault(static p => p.Type == TermType.Matrix) is Term matrix
                    ? OverTime(call.Name, Matrix(matrix, time), time, parameters)
                    : NaiveFunctions.Apply(call.Name, Vector(call.Parts[0], time), parameters);
        }
    }

    private static List<Element> OverTime(string function, Window window, long time, double[] parameters)
    {
        var elements = new List<Element>();
        foreach ((Labels labels, List<Sample> samples) in window.Series)
        {
            if (NaiveRangeFunctions.Apply(function, samples, window, time, parameters) is double value)
            {
                elements.Add(new Element(labels, value));
            }
        }

        return function is "last_over_time" or "first_over_time" ? elements : NaiveLabels.DropNames(elements);
    }

    private List<Element> Select(SelectorTerm selector, long time, Func<Labels, Sample, double> value)
    {
        long at = selector.Shift.Apply(time, queryStart, queryEnd);
        var elements = new List<Element>();
        foreach ((Labels labels, List<Sample> samples) in data)
        {
            if (selector.Matchers.All(m => m.Matches(labels[m.Name])))
            {
                int last = samples.FindLastIndex(s => s.Timestamp <= at);
                if (last >= 0 && samples[last].Timestamp > at - Lookback && !Staleness.IsMarker(samples[last].Value))
                {
                    elements.Add(new Element(labels, value(labels, samples[last])));
                }
            }
        }

        return elements;
    }

    private Window Matrix(Term term, long time)
    {
        var series = new Dictionary<Labels, List<Sample>>();
        if (term is SubqueryTerm subquery)
        {
            long to = subquery.Shift.Apply(time, queryStart, queryEnd);
            for (long step = (((to - subquery.Range) / subquery.Step) + 1) * subquery.Step; step <= to; step += subquery.Step)
            {
                foreach (Element element in Evaluate(subquery.Inner, step))
                {
                    series.TryAdd(element.Labels, []);
                    series[element.Labels].Add(new Sample(step, element.Value));
                }
            }

            return new Window(to - subquery.Range, to, series);
        }

        var range = (RangeTerm)term;
        long end = range.Selector.Shift.Apply(time, queryStart, queryEnd);
        foreach ((Labels labels, List<Sample> samples) in data)
        {
            List<Sample> within = samples.FindAll(s => s.Timestamp > end - range.Range && s.Timestamp <= end && !Staleness.IsMarker(s.Value));
            if (within.Count > 0 && range.Selector.Matchers.All(m => m.Matches(labels[m.Name])))
            {
                series.Add(labels, within);
            }
        }

        return new Window(end - range.Range, end, series);
    }
}
