using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>
/// What <c>histogram_quantile</c>, <c>histogram_quantiles</c> and <c>histogram_fraction</c> compute of one histogram, classic or native, and what they tell
/// the user about it. Thread-safe after <see cref="Open"/>.
/// </summary>
internal sealed class HistogramFunction
{
    private readonly PlanNode[] _arguments;
    private readonly PositionRange[] _argumentPositions;
    private readonly PositionRange _position;
    private readonly bool _isFraction;
    private QueryRun? _run;
    private double[][] _values = [];

    /// <summary>A function.</summary>
    /// <param name="plan">The call.</param>
    /// <param name="vector">Which of its arguments are the histograms.</param>
    /// <param name="arguments">Which are the quantiles, or lower and upper limit of a fraction.</param>
    public HistogramFunction(CallPlan plan, int vector, Range arguments)
    {
        _arguments = [.. plan.Arguments.Take(arguments)];
        _argumentPositions = [.. plan.Written.Take(arguments).Select(static a => a.Position)];
        _position = plan.Written[vector].Position;
        _isFraction = plan.Function == "histogram_fraction";
    }

    /// <summary>The quantiles of the first step.</summary>
    public IEnumerable<double> FirstQuantiles => _values.Select(static v => v.Length == 0 ? 0 : v[0]);

    /// <summary>Evaluates the arguments.</summary>
    public void Open(QueryRun run, int steps)
    {
        _run = run;
        _values = [.. _arguments.Select(a => Scalars.Evaluate(run, a))];
        if (!_isFraction)
        {
            WarnAboutQuantiles(run, steps);
        }
    }

    /// <summary>The result for buckets, which it changes.</summary>
    /// <param name="quantile">Which of several quantiles.</param>
    /// <param name="step">The step.</param>
    /// <param name="time">The time of the step.</param>
    /// <param name="buckets">The buckets in the order of their bounds; at least one.</param>
    /// <param name="labels">Labels of rows.</param>
    /// <param name="row">The row that names the metric.</param>
    public double OfBuckets(int quantile, int step, long time, Span<Bucket> buckets, RowLabels labels, int row)
    {
        if (_isFraction)
        {
            return ClassicHistogram.Fraction(_values[0][step], _values[1][step], buckets);
        }

        double result = ClassicHistogram.Quantile(_values[quantile][step], buckets, out BucketRepair repair);
        if (repair.Forced)
        {
            _run!.Annotations.AddForcedMonotonicity(NameOf(labels, row), _position, time, repair);
        }

        return result;
    }

    /// <summary>The result for a native histogram; the rest as for buckets.</summary>
    public double OfNative(int quantile, int step, FloatHistogram histogram, RowLabels labels, int row)
    {
        HistogramNotices notices = HistogramNotices.None;
        double result = _isFraction
            ? NativeHistogramFraction.Compute(_values[0][step], _values[1][step], histogram, ref notices)
            : NativeHistogramQuantile.Compute(_values[quantile][step], histogram, ref notices);
        if (notices != HistogramNotices.None)
        {
            Tell(isWarning: false, TextOf(notices), labels, row);
        }

        return result;
    }

    /// <summary>A value is no histogram and has no bound that would make it a bucket.</summary>
    public void WarnAboutBound(string text, RowLabels labels, int row) => Tell(
        isWarning: true, $"bucket label \"{Label.BucketBound}\" is missing or has a malformed value of {GoQuote.Quote(text)}", labels, row);

    /// <summary>A histogram is there both as a native one and as buckets.</summary>
    public void WarnAboutBoth(RowLabels labels, int row) =>
        Tell(isWarning: true, "vector contains a mix of classic and native histograms", labels, row);

    private static string TextOf(HistogramNotices notices) => notices switch
    {
        HistogramNotices.QuantileIsNaN => "input to histogram_quantile has NaN observations, result is NaN",
        HistogramNotices.QuantileIsSkewed => "input to histogram_quantile has NaN observations, result is skewed higher",
        _ => "input to histogram_fraction has NaN observations, which are excluded from all fractions",
    };

    private void Tell(bool isWarning, string message, RowLabels labels, int row) =>
        _run!.Annotations.Add(isWarning, message + AnnotationText.ForMetric(NameOf(labels, row)), _position);

    // Without delayed name removal upstream has dropped the name before.
    private string NameOf(RowLabels labels, int row) => _run!.DelaysNames ? labels.Get(row).MetricName : "";

    private void WarnAboutQuantiles(QueryRun run, int steps)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            foreach (double q in _values[i].AsSpan(0, steps))
            {
                if (!Quantiles.IsValid(q))
                {
                    run.Annotations.Add(
                        isWarning: true, $"quantile value should be between 0 and 1, got {AnnotationText.Number(q)}", _argumentPositions[i]);
                }
            }
        }
    }
}
