using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.PromQL.Execution;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Explaining;

/// <summary>
/// Says why a selector has nothing: no such name, label or value, nothing in the time that is read, nothing at the steps. Asks the store for names and not for the query
/// again; the work is bounded by <see cref="MaxExamined"/> selectors a query and by the stop of the query.
/// </summary>
internal sealed class SelectorNotes(ISeriesQuerier querier, EngineOptions options, CancellationToken stop)
{
    private const int MaxExamined = 20;
    private const int MaxLooked = 50;
    private const int ShownValues = 5;
    private const long AnyMin = long.MinValue / 2;
    private const long AnyMax = long.MaxValue / 2;

    private int _examined;

    /// <summary>Writes the note of a selector without values.</summary>
    public void Write(NodeDraft node)
    {
        if (!node.IsEmpty || node.Scan is not { } scan || MatchersOf(node.Expression) is not { } matchers || ++_examined > MaxExamined)
        {
            return;
        }

        try
        {
            node.Notes.Add(scan.Set.Count > 0 ? Ended(scan) : Examine(scan, matchers));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _examined = MaxExamined;
        }
    }

    /// <summary>How far the newest samples of one of the series are apart, in milliseconds, looking back an hour further than the query did; null when that cannot be seen.</summary>
    public long? IntervalOf(Scan scan, IReadOnlyList<Matcher> matchers)
    {
        const long Hour = 3_600_000;
        try
        {
            ISeriesSet set = querier.Select(new SeriesSelection(matchers, scan.MinTime - Hour, scan.MaxTime), stop);
            var samples = new SampleBuffer();
            for (int i = 0; i < Math.Min(set.Count, MaxLooked); i++)
            {
                set.Read(i, scan.MinTime - Hour, scan.MaxTime, samples);
                if (samples.Count > 1)
                {
                    return samples.Timestamps[^1] - samples.Timestamps[^2];
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _examined = MaxExamined;
        }

        return null;
    }

    /// <summary>The matchers of a selector; null of any other expression.</summary>
    public static IReadOnlyList<Matcher>? MatchersOf(Expr expression) => expression switch
    {
        VectorSelector selector => selector.Matchers,
        MatrixSelector matrix => matrix.Selector.Matchers,
        _ => null,
    };

    private ExplanationNote Ended(Scan scan) => new(
        ExplanationNoteKind.Ended,
        $"{NodeText.Series(scan.Set.Count)} match and have samples between {NodeText.Time(scan.MinTime)} and {NodeText.Time(scan.MaxTime)}, but each has ended (a staleness marker) "
            + $"or has no sample within the look-back of {NodeText.Duration((long)options.LookbackDelta.TotalMilliseconds)} before a step.")
    {
        IsCause = true,
        Count = scan.Set.Count,
        Range = (scan.MinTime, scan.MaxTime),
    };

    private ExplanationNote Examine(Scan scan, IReadOnlyList<Matcher> matchers)
    {
        ISeriesSet ever = querier.Select(new SeriesSelection(matchers, AnyMin, AnyMax), stop);
        if (ever.Count > 0)
        {
            return Outside(scan, ever);
        }

        Matcher? name = matchers.FirstOrDefault(static m => m.Name == Label.MetricName && m.Type == Core.Matching.MatchType.Equal);
        if (name is not null && !Exists([name]))
        {
            return Unknown(
                ExplanationNoteKind.UnknownMetric,
                $"No series has the name {name.Value}",
                NearestNames.Find(name.Value, querier.LabelValues(Label.MetricName, [], AnyMin, AnyMax, stop))) with
            { Value = name.Value };
        }

        IReadOnlyList<Matcher> metric = name is null ? [] : [name];
        foreach (Matcher matcher in matchers)
        {
            if (!ReferenceEquals(matcher, name) && ExamineAlone(metric, matcher) is { } note)
            {
                return note;
            }
        }

        return Contradiction(metric, matchers);
    }

    private ExplanationNote Outside(Scan scan, ISeriesSet ever)
    {
        long? last = null;
        var samples = new SampleBuffer();
        for (int i = 0; i < Math.Min(ever.Count, MaxLooked); i++)
        {
            if (!ever.HasMoreThanNumbers && ever.TryReadLast(i, AnyMin, scan.MinTime - 1, out Sample sample))
            {
                last = Math.Max(last ?? long.MinValue, sample.Timestamp);
            }
            else if (ever.HasMoreThanNumbers)
            {
                ever.Read(i, AnyMin, scan.MinTime - 1, samples);
                last = samples.Count == 0 ? last : Math.Max(last ?? long.MinValue, samples.Timestamps[^1]);
            }
        }

        string newest = last is { } time ? $"; the newest before is of {NodeText.Time(time)}" : "; all are newer";
        return new ExplanationNote(
            ExplanationNoteKind.OutsideRange,
            $"{NodeText.Series(ever.Count)} match, but none has a sample between {NodeText.Time(scan.MinTime)} and {NodeText.Time(scan.MaxTime)}{newest}.")
        {
            IsCause = true,
            Count = ever.Count,
            Range = (scan.MinTime, scan.MaxTime),
            LastAt = last,
        };
    }

    // Whether the label and a value that fits exist, whatever the other matchers say.
    private ExplanationNote? ExamineAlone(IReadOnlyList<Matcher> metric, Matcher matcher)
    {
        if (matcher.MatchesEmpty)
        {
            return null;
        }

        IReadOnlyList<string> values = querier.LabelValues(matcher.Name, Sets(metric), AnyMin, AnyMax, stop);
        string of = metric.Count == 0 ? "series" : $"series of {metric[0].Value}";
        if (values.Count == 0)
        {
            IReadOnlyList<string> names = [.. querier.LabelNames(Sets(metric), AnyMin, AnyMax, stop).Where(static n => n != Label.MetricName)];
            IReadOnlyList<string> near = NearestNames.Find(matcher.Name, names);
            return Unknown(ExplanationNoteKind.UnknownLabel, $"No {of} has the label {matcher.Name}", near.Count > 0 ? near : [.. names.Take(ShownValues)])
                with
            { Label = matcher.Name };
        }

        if (values.Any(matcher.Matches))
        {
            return null;
        }

        IReadOnlyList<string> nearest = matcher.Type == Core.Matching.MatchType.Equal ? NearestNames.Find(matcher.Value, values) : [];
        return Unknown(
            ExplanationNoteKind.UnknownValue,
            $"No {of} has {matcher}",
            nearest.Count > 0 ? nearest : [.. values.Take(ShownValues)]) with
        { Label = matcher.Name, Value = matcher.Value, Matcher = matcher.ToString() };
    }

    private ExplanationNote Contradiction(IReadOnlyList<Matcher> metric, IReadOnlyList<Matcher> matchers)
    {
        var all = new List<Matcher>(metric);
        Matcher last = matchers[^1];
        foreach (Matcher matcher in matchers.Where(m => !metric.Contains(m)))
        {
            all.Add(matcher);
            last = matcher;
            if (!Exists(all))
            {
                break;
            }
        }

        string before = all.Count == 1 ? "" : $" together with {NodeText.List([.. all.Take(all.Count - 1).Select(static m => m.ToString())])}";
        return new ExplanationNote(ExplanationNoteKind.Contradiction, $"There are series for each condition, but none for {last}{before}.") { IsCause = true, Matcher = last.ToString() };
    }

    private static ExplanationNote Unknown(ExplanationNoteKind kind, string problem, IReadOnlyList<string> nearest) => new(
        kind, problem + (nearest.Count == 0 ? "." : $"; there is {NodeText.List(nearest)}."))
    { IsCause = true, Nearest = nearest };

    private static IReadOnlyList<IReadOnlyList<Matcher>> Sets(IReadOnlyList<Matcher> matchers) => matchers.Count == 0 ? [] : [matchers];

    private bool Exists(IReadOnlyList<Matcher> matchers) => querier.Select(new SeriesSelection(matchers, AnyMin, AnyMax), stop).Count > 0;
}
