using Pharos.Core.Labels;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>Turns what range functions notice into annotations, in upstream's words. Thread-safe.</summary>
internal sealed class RangeNoticeTexts
{
    private readonly QueryRun _run;
    private readonly RowLabels _labels;
    private readonly PositionRange _position;
    private readonly PositionRange _firstArgument;

    // Upstream names the first argument where histograms were ignored, which may be the quantile.
    public RangeNoticeTexts(QueryRun run, RangeCallPlan plan, RowLabels labels)
        : this(run, labels, plan.SourcePosition)
    {
        _firstArgument = plan.Function == "quantile_over_time" ? plan.Arguments[0].Position : plan.SourcePosition;
    }

    public RangeNoticeTexts(QueryRun run, RowLabels labels, PositionRange position)
    {
        _run = run;
        _labels = labels;
        _position = position;
        _firstArgument = position;
    }

    /// <summary>Adds the annotations of a row.</summary>
    public void Tell(int row, HistogramNotices notices)
    {
        if (notices == HistogramNotices.None)
        {
            return;
        }

        string name = GoQuote.Quote(_labels.Get(row).MetricName);
        Add(notices, HistogramNotices.MixedFloatsAndHistograms, isWarning: true, $"{HistogramMessages.MixedWithNumbers} metric name {name}", _position);
        Add(notices, HistogramNotices.MixedSchemas, isWarning: true, $"{HistogramMessages.MixedSchemas} {name}", _position);
        Add(notices, HistogramNotices.NotCounter, isWarning: true, $"this native histogram metric is not a counter: {name}", _position);
        Add(notices, HistogramNotices.NotGauge, isWarning: true, $"this native histogram metric is not a gauge: {name}", _position);
        Add(notices, HistogramNotices.HintsCollidedInAggregation, isWarning: true, $"{HistogramMessages.HintsCollided} aggregation", _position);
        Add(notices, HistogramNotices.HistogramsIgnored, isWarning: false, $"ignored histograms in a range containing both floats and histograms for metric name {name}", _firstArgument);
        Add(notices, HistogramNotices.BoundsReconciledInAddition, isWarning: false, $"{HistogramMessages.BoundsReconciled} addition", _position);
        Add(notices, HistogramNotices.BoundsReconciledInSubtraction, isWarning: false, $"{HistogramMessages.BoundsReconciled} subtraction", _position);
        Add(notices, HistogramNotices.BoundsReconciledInAggregation, isWarning: false, $"{HistogramMessages.BoundsReconciled} aggregation", _position);
    }

    /// <summary>At so many steps of a row a sample claimed to have begun before the one before it was taken.</summary>
    public void CountOverlaps(int row, int steps)
    {
        if (steps > 0)
        {
            string message = $"sample has start time that overlaps with previous sample timestamp for metric {GoQuote.Quote(_labels.Get(row).MetricName)}";
            _run.Annotations.AddCounted(isWarning: true, message, _position, steps);
        }
    }

    private void Add(HistogramNotices notices, HistogramNotices notice, bool isWarning, string text, PositionRange position)
    {
        if (notices.HasFlag(notice))
        {
            _run.Annotations.Add(isWarning, text, position);
        }
    }
}
