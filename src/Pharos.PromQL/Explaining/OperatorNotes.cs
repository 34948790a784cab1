using Pharos.Core.Labels;
using Pharos.PromQL.Execution;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Explaining;

/// <summary>Says why a function, an aggregation or a comparison has nothing although its operand has.</summary>
internal sealed class OperatorNotes(QueryTrace trace, SelectorNotes selectors)
{
    private const int IntervalsPerWindow = 4;

    private static readonly string[] NeedTwo =
        ["rate", "increase", "delta", "irate", "idelta", "deriv", "predict_linear", "double_exponential_smoothing"];

    private static readonly string[] OfHistograms = ["histogram_quantile", "histogram_quantiles", "histogram_fraction"];

    private static readonly string[] OfNativeHistograms = ["histogram_count", "histogram_sum", "histogram_avg", "histogram_stddev", "histogram_stdvar"];

    /// <summary>Writes the notes of a node that has a reason of its own.</summary>
    public void Write(NodeDraft node)
    {
        switch (node.Expression)
        {
            case Call { Function.Name: "scalar" }:
                NoteScalar(node);
                break;
            case Call call when NeedTwo.Contains(call.Function.Name):
                NoteFewSamples(node, call.Function.Name);
                break;
            case Call call when node.IsEmpty:
                NoteCall(node, call.Function.Name);
                break;
            case BinaryExpr binary when node.IsEmpty && binary.Op.IsComparison() && !binary.ReturnBool:
                NoteComparison(node, binary);
                break;
            case AggregateExpr { Op: AggregateOp.TopK or AggregateOp.BottomK or AggregateOp.LimitK or AggregateOp.LimitRatio } aggregate when node.IsEmpty && VectorOf(node) is { HasSeries: true }:
                Add(node, ExplanationNoteKind.NothingAsked, $"The parameter of {aggregate.Op.Text()} asks for no series.");
                break;
        }
    }

    /// <summary>Writes what is known of a node that lost everything and has no note yet.</summary>
    public static void WriteRest(NodeDraft node)
    {
        if (!node.IsEmpty || node.Notes.Exists(static note => note.IsCause) || node.IsTransparent || node.Expression is SubqueryExpr)
        {
            return;
        }

        NodeDraft[] vectors = [.. node.Children.Where(static child => child.Series is not null)];
        if (vectors.Length == 0 || !vectors.All(static child => child.HasSeries))
        {
            return;
        }

        if (vectors.Any(static child => child.Measure?.Source?.HasHistograms == true))
        {
            Add(node, ExplanationNoteKind.HistogramsIgnored, $"{NodeText.TitleOf(node.Expression)} takes numbers; the values of its operand are native histograms.");
        }
        else
        {
            Add(node, ExplanationNoteKind.Emptied, $"The operand has {NodeText.Series(vectors[0].Series!.Value)}; none keeps a value here.");
        }
    }

    /// <summary>Says which aggregations were computed together.</summary>
    public static void WritePasses(IReadOnlyList<NodeDraft> nodes)
    {
        IEnumerable<IGrouping<FoldPass, NodeDraft>> passes = nodes
            .Where(static n => n.SameAs is null && n.Measure is { Operator: FoldRows, IsOpen: true })
            .GroupBy(static n => ((FoldRows)n.Measure!.Operator!).Pass);
        foreach (NodeDraft[] together in passes.Select(static pass => pass.ToArray()).Where(static pass => pass.Length > 1))
        {
            foreach (NodeDraft node in together)
            {
                node.Notes.Add(new ExplanationNote(
                    ExplanationNoteKind.OnePass,
                    $"Computed in one pass over its series, together with {NodeText.Count(together.Length - 1, "other aggregation", "other aggregations")}; the pass is timed at one of them.")
                {
                    With = [.. together.Where(other => !ReferenceEquals(other, node)).Select(static other => other.Id)],
                });
            }
        }
    }

    private static void Add(NodeDraft node, ExplanationNoteKind kind, string text) => node.Notes.Add(new ExplanationNote(kind, text) { IsCause = true });

    private static NodeDraft? VectorOf(NodeDraft node) => node.Children.Find(static child => child.Expression.Type is ExprType.Vector or ExprType.Matrix);

    private static void NoteScalar(NodeDraft node)
    {
        if (VectorOf(node) is { Series: { } series } && series != 1)
        {
            string had = series == 0 ? "no series" : NodeText.Series(series);
            node.Notes.Add(new ExplanationNote(
                ExplanationNoteKind.NotOne,
                series == 0 ? $"scalar had {had}: it is NaN." : $"scalar had {had}: it is NaN at every step at which not exactly one has a value.")
            { Count = series });
        }
    }

    private void NoteFewSamples(NodeDraft node, string function)
    {
        if (VectorOf(node) is not { HasSeries: true } range || node.Series is null || node.Dropped == 0)
        {
            return;
        }

        // Series without samples are no question of the window.
        if (range.Scan is { Measure: { } measure } && !measure.SamplesOf.Any(static samples => samples > 0))
        {
            return;
        }

        if (range.Measure?.Source?.HasHistograms == true)
        {
            return;
        }

        long windowMs = ((node.Measure?.Plan as RangeCallPlan)?.Source.Range) ?? 0;
        long? interval = range.Scan is { } scan && SelectorNotes.MatchersOf(range.Expression) is { } matchers ? selectors.IntervalOf(scan, matchers)
            : range.Plan is SubqueryPlan subquery ? subquery.Inner.Grid.Step
            : null;
        if (interval * 2 <= windowMs && !node.IsEmpty)
        {
            return;
        }

        long? suggested = interval * IntervalsPerWindow;
        string who = node.IsEmpty ? "no window" : $"for {NodeText.Series(node.Dropped)} no window";
        string apart = interval is { } known ? $" Samples are {NodeText.Duration(known)} apart: a window of {NodeText.Duration(suggested!.Value)} would do." : "";
        node.Notes.Add(new ExplanationNote(
            ExplanationNoteKind.TooFewSamples, $"{function} needs two samples in a window; {who} of {NodeText.Duration(windowMs)} holds two.{apart}")
        {
            IsCause = node.IsEmpty,
            Count = node.Dropped,
            Window = TimeSpan.FromMilliseconds(windowMs),
            Interval = interval is { } apartMs ? TimeSpan.FromMilliseconds(apartMs) : null,
            SuggestedWindow = suggested is { } suggestedMs ? TimeSpan.FromMilliseconds(suggestedMs) : null,
        });
    }

    private static void NoteCall(NodeDraft node, string function)
    {
        if (VectorOf(node) is not { HasSeries: true } operand)
        {
            return;
        }

        if (function is "absent" or "absent_over_time")
        {
            node.Notes.Add(new ExplanationNote(ExplanationNoteKind.Present, $"{function} is empty because something is there: {NodeText.Series(operand.Series!.Value)}.")
            {
                IsCause = true,
                Count = operand.Series,
            });
        }
        else if (function == "clamp")
        {
            Add(node, ExplanationNoteKind.NothingAsked, "The minimum of clamp is above its maximum.");
        }
        else if (OfHistograms.Contains(function))
        {
            NoteBuckets(node, operand, function);
        }
        else if (OfNativeHistograms.Contains(function) && operand.Measure?.Source?.HasHistograms != true)
        {
            Add(node, ExplanationNoteKind.NoBuckets, $"{function} reads native histograms; its operand has {NodeText.Series(operand.Series!.Value)} of numbers.");
        }
    }

    private static void NoteBuckets(NodeDraft node, NodeDraft operand, string function)
    {
        if (operand.Measure is not { IsOpen: true, Source: { } source } || source.HasHistograms || source.Labels.Names.Contains(Label.BucketBound, StringComparer.Ordinal))
        {
            return;
        }

        string fix = operand.Expression is AggregateExpr { Without: false } aggregate
            ? $" {NodeText.TitleOf(aggregate)} drops it: write {aggregate.Op.Text()} by ({string.Join(", ", aggregate.Grouping.Append(Label.BucketBound))})."
            : operand.Expression is AggregateExpr { Without: true } ? " The aggregation drops it: take it out of without." : " Ask for the buckets of a histogram, whose names end in _bucket.";
        Add(node, ExplanationNoteKind.NoBuckets, $"{function} needs the label {Label.BucketBound}, and none of the {NodeText.Series(operand.Series!.Value)} has it.{fix}");
    }

    private void NoteComparison(NodeDraft node, BinaryExpr binary)
    {
        NodeDraft[] vectors = [.. node.Children.Where(static child => child.Series is not null)];
        if (vectors.Length != 1 || !vectors[0].HasSeries)
        {
            return;
        }

        (double Least, double Greatest)? bounds = vectors[0].Measure is { } measure ? trace.BoundsOf(measure) : null;
        bool isScalarLeft = ReferenceEquals(vectors[0], node.Children[1]);
        Expr limit = StepInvariance.Unwrap(isScalarLeft ? binary.Left : binary.Right);
        string limitText = NodeText.Of(limit);
        string condition = isScalarLeft ? $"{limitText} {binary.Op.Text()} a value" : $"a value {binary.Op.Text()} {limitText}";
        string values = bounds is not { } known ? "all values are NaN"
            : known.Least.Equals(known.Greatest) ? $"all values are {NodeText.Number(known.Least)}"
            : $"values lie between {NodeText.Number(known.Least)} and {NodeText.Number(known.Greatest)}";
        node.Notes.Add(new ExplanationNote(ExplanationNoteKind.Filtered, $"Nowhere is {condition}: {values}.") { IsCause = true, Values = bounds });
    }
}
