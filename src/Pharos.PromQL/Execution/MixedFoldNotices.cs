using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>Tells the user, in upstream's words, what an aggregation found among histograms.</summary>
internal sealed class MixedFoldNotices(QueryRun run, RowLabels rows, PositionRange position)
{
    private const string Operation = "aggregation";

    private readonly HashSet<int> _incompatibleRows = [];
    private bool _hasSeenMixed;
    private bool _hasSeenReconciled;
    private bool _hasSeenCollision;

    /// <summary>Numbers and histograms met in one group.</summary>
    public void SeeMixed() => Tell(ref _hasSeenMixed, isWarning: true, HistogramMessages.MixedWithNumbers);

    /// <summary>Histograms were added, with or without a result.</summary>
    public void SeeAdditions(HistogramTotal total)
    {
        if (total.IsIncompatible && _incompatibleRows.Add(total.IncompatibleRow))
        {
            string name = rows.Get(total.IncompatibleRow).MetricName;
            run.Annotations.Add(isWarning: true, $"{HistogramMessages.MixedSchemas} {GoQuote.Quote(name)}", position);
        }

        if (total.Notices.HasFlag(CombinationNotices.BoundsReconciled))
        {
            Tell(ref _hasSeenReconciled, isWarning: false, HistogramMessages.BoundsReconciled);
        }
    }

    /// <summary>A total is a result.</summary>
    public void SeeResult(HistogramTotal total)
    {
        if (total.Notices.HasFlag(CombinationNotices.HintsCollided))
        {
            Tell(ref _hasSeenCollision, isWarning: true, HistogramMessages.HintsCollided);
        }
    }

    private void Tell(ref bool hasSeen, bool isWarning, string message)
    {
        if (!hasSeen)
        {
            hasSeen = true;
            run.Annotations.Add(isWarning, $"{message} {Operation}", position);
        }
    }
}
