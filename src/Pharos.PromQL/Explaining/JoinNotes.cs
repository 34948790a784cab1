using Pharos.PromQL.Execution;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Explaining;

/// <summary>
/// Says which series of an operator between two vectors found no partner, and what would help. The work is that of joining by labels once more, bounded by
/// <see cref="MaxExamined"/> operators a query and by the stop of the query.
/// </summary>
internal sealed class JoinNotes(SymbolTable symbols, CancellationToken stop)
{
    private const int MaxExamined = 200;

    private int _examined;

    /// <summary>Writes the notes of a node that matches two vectors.</summary>
    public void Write(NodeDraft node)
    {
        if (node.Expression is not BinaryExpr { Matching: { } matching } binary || node.Series is null || node.Children.Count != 2)
        {
            return;
        }

        NodeDraft left = node.Children[0].SameAs ?? node.Children[0];
        NodeDraft right = node.Children[1].SameAs ?? node.Children[1];
        if (binary.Op == BinaryOp.Or || MeasureOf(left) is not { } leftRows || MeasureOf(right) is not { } rightRows || !left.HasSeries || !right.HasSeries)
        {
            return;
        }

        if (stop.IsCancellationRequested || ++_examined > MaxExamined)
        {
            return;
        }

        var sides = new JoinSides(matching, leftRows, rightRows, symbols);
        if (binary.Op == BinaryOp.Unless)
        {
            if (node.IsEmpty)
            {
                node.Notes.Add(new ExplanationNote(
                    ExplanationNoteKind.Excluded, $"Each of the {NodeText.Series(sides.Left)} of the left side has a partner on the right: unless takes all away.")
                { IsCause = true });
            }

            return;
        }

        bool isSet = binary.Op == BinaryOp.And;
        bool losesLeft = sides.LeftLost > 0 && matching.FillRight is null;
        bool losesRight = sides.RightLost > 0 && matching.FillLeft is null && !isSet;
        if (losesLeft || losesRight)
        {
            node.Notes.Add(Lost(node, sides.Describe(isSet), isSet));
        }

        if (node.IsEmpty && sides.LeftLost < sides.Left)
        {
            bool mayFilter = binary.Op.IsComparison() && !binary.ReturnBool;
            node.Notes.Add(mayFilter
                ? new ExplanationNote(ExplanationNoteKind.Filtered, $"{NodeText.Series(sides.Left - sides.LeftLost)} of the left side have partners, but the comparison holds for no value.") { IsCause = true }
                : new ExplanationNote(ExplanationNoteKind.NeverTogether, "Series have partners on the other side, but never a value at the same step.") { IsCause = true });
        }
    }

    private static NodeMeasure? MeasureOf(NodeDraft side)
    {
        while (side.IsTransparent && side.Children.Count == 1)
        {
            side = side.Children[0];
        }

        return side.Measure is { IsOpen: true } measure ? measure : null;
    }

    private static ExplanationNote Lost(NodeDraft node, JoinLoss loss, bool isSet)
    {
        string right = isSet ? "" : $" and {loss.RightLost} of {loss.Right} of the right side";
        string labels = Differences(loss);
        string help = loss.Suggestion is null ? ""
            : $" With {loss.Suggestion} {(loss.SuggestionMatches == loss.Left ? "all" : loss.SuggestionMatches)} of the left side would have one.";
        return new ExplanationNote(
            ExplanationNoteKind.LostSeries, $"{loss.LeftLost} of {NodeText.Series(loss.Left)} of the left side{right} have no partner.{labels}{help}")
        {
            IsCause = node.IsEmpty && loss.LeftLost == loss.Left,
            Join = loss,
        };
    }

    private static string Differences(JoinLoss loss)
    {
        var parts = new List<string>();
        if (loss.OnlyLeft.Count > 0)
        {
            parts.Add($"only the left side has {NodeText.List(loss.OnlyLeft)}");
        }

        if (loss.OnlyRight.Count > 0)
        {
            parts.Add($"only the right side has {NodeText.List(loss.OnlyRight)}");
        }

        if (loss.Differ.Count > 0)
        {
            parts.Add($"they differ in {NodeText.List(loss.Differ)}");
        }

        return parts.Count == 0 ? "" : $" In an example, {NodeText.List(parts)}.";
    }
}
