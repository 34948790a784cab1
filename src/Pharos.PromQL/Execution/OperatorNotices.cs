using System.Collections.Concurrent;
using Pharos.Core.Labels;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>Tells the user what a binary operator found at its values. As upstream, only the last thing of a step is told. Thread-safe.</summary>
internal sealed class OperatorNotices(QueryRun run, BinaryOp op, PositionRange position)
{
    private readonly string _operator = op.Text();
    private readonly ConcurrentDictionary<(HistogramNotices Notices, bool IsLeft, bool IsRight), (bool IsWarning, string Message)> _texts = [];

    /// <summary>Tells about a pair; <paramref name="order"/> is its place among the pairs of the step.</summary>
    public void Report(int step, int order, HistogramNotices notices, SampleValue left, SampleValue right)
    {
        if (notices != HistogramNotices.None)
        {
            (bool isWarning, string message) = _texts.GetOrAdd(
                (notices, left.IsHistogram, right.IsHistogram), key => Describe(key.Notices, KindOf(key.IsLeft), KindOf(key.IsRight)));
            run.Annotations.AddLast(this, step, order, isWarning, message, position);
        }
    }

    // What leaves no result comes before what does.
    private (bool IsWarning, string Message) Describe(HistogramNotices notices, string left, string right)
    {
        if (notices.HasFlag(HistogramNotices.IncompatibleTypes))
        {
            return (false, $"incompatible sample types encountered for binary operator {GoQuote.Quote(_operator)}: {left} {_operator} {right}");
        }

        if (notices.HasFlag(HistogramNotices.MixedSchemas))
        {
            return (true, $"incompatible bucket layout encountered for binary operator {_operator}");
        }

        string name = op == BinaryOp.Sub ? "subtraction" : "addition";
        bool hasCollided = (notices & (HistogramNotices.HintsCollidedInAddition | HistogramNotices.HintsCollidedInSubtraction)) != 0;
        return (hasCollided, $"{(hasCollided ? HistogramMessages.HintsCollided : HistogramMessages.BoundsReconciled)} {name}");
    }

    private static string KindOf(bool isHistogram) => isHistogram ? "histogram" : "float";
}
