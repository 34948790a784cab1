using System.Globalization;
using Pharos.Core.Samples;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>What range functions over stored samples and over subqueries have in common: arguments, names, annotations.</summary>
internal sealed class RangeFunction
{
    private readonly RangeCallPlan _plan;
    private readonly bool _isAnchored;
    private readonly bool _isSmoothed;
    private readonly int _steps;
    private double[] _arguments = [];
    private NonCounterNotice? _notice;
    private QueryRun? _run;
    private bool _hasUnfitArguments;
    private MixedRangeFunction? _mixed;
    private int _kernelSlot;

    public RangeFunction(RangeCallPlan plan, bool isAnchored, bool isSmoothed)
    {
        _plan = plan;
        _isAnchored = isAnchored;
        _isSmoothed = isSmoothed;
        _steps = plan.Grid.Count;
    }

    /// <summary>Whether values may be histograms where samples are.</summary>
    public bool MayAnswerHistograms =>
        _plan.Function is "rate" or "increase" or "delta" or "irate" or "idelta" or "sum_over_time" or "avg_over_time" or "first_over_time" or "last_over_time";

    /// <summary>Evaluates the arguments and gives the labels of the result.</summary>
    /// <param name="run">The query.</param>
    /// <param name="labels">The series that the function is of.</param>
    /// <param name="hasMoreThanNumbers">Whether they may have histograms or start timestamps.</param>
    public RowLabels Open(QueryRun run, RowLabels labels, bool hasMoreThanNumbers)
    {
        _kernelSlot = run.NewSlot();
        _mixed = hasMoreThanNumbers ? new MixedRangeFunction(run, _plan, _isAnchored, _isSmoothed, labels) : null;
        if (RangeKernels.Create(_plan.Function, _isAnchored, _isSmoothed) is null)
        {
            throw Unfit();
        }

        _arguments = new double[_steps * _plan.Arguments.Count];
        for (int i = 0; i < _plan.Arguments.Count; i++)
        {
            Scalars.Evaluate(run, _plan.Arguments[i]).AsSpan(0, _steps).CopyTo(_arguments.AsSpan(i * _steps));
        }

        _run = run;
        _hasUnfitArguments = Enumerable.Range(0, _steps).Any(s => !Fits(s));
        if (_plan.Function is "rate" or "increase")
        {
            _notice = NonCounterNotice.For(run, labels, _plan.SourcePosition);
        }

        if (_mixed is not null || _notice is not null || _hasUnfitArguments)
        {
            run.NeedEveryRow();
        }

        return _plan.Function is "last_over_time" or "first_over_time" ? KeepName(run, labels) : Naming.Drop(run, labels);
    }

    /// <summary>Computes one row.</summary>
    public void Compute(int row, SampleBuffer samples, WindowBounds bounds, RowSpan output, Worker worker)
    {
        RangeKernel?[] kernels = worker.Get(_kernelSlot, RecentWindows.Places, static places => new RangeKernel?[places]);
        RangeKernel kernel = kernels[bounds.Place] ??= RangeKernels.Create(_plan.Function, _isAnchored, _isSmoothed)!;
        var input = new RangeInput
        {
            Timestamps = samples.Timestamps,
            Values = samples.Values,
            Histograms = samples.Histograms,
            Windows = bounds,
            Times = _plan.Source.Times,
            EvaluationTimes = _plan.Grid,
            Range = _plan.Source.Range,
            Arguments = _arguments,
            Pace = worker.Pace,
        };
        if (_mixed is not null && _mixed.IsNeededFor(samples))
        {
            _mixed.Compute(row, samples, input, kernel, output, worker);
        }
        else
        {
            kernel.Compute(input, output);
            output.Histograms.Clear();
        }

        _notice?.See(row, output);
        if (_hasUnfitArguments)
        {
            Complain(bounds, output);
        }
    }

    // The function looks at samples and not at series, so a name that is to be dropped later stays so.
    private static RowLabels KeepName(QueryRun run, RowLabels labels)
    {
        if (!labels.HasPendingNames || run.DelaysNames)
        {
            return labels;
        }

        return Naming.DropNow(labels);
    }

    private QueryException Unfit()
    {
        if (_isAnchored && RangeKernels.Create(_plan.Function) is not null)
        {
            return QueryException.Execution($"anchored modifier can only be used with: changes, delta, increase, rate, resets - not with {_plan.Function}");
        }

        return _isSmoothed && RangeKernels.Create(_plan.Function) is not null
            ? QueryException.Execution($"smoothed modifier can only be used with: delta, increase, rate - not with {_plan.Function}")
            : QueryException.NotYetSupported($"function {_plan.Function}");
    }

    // Whether the function takes its arguments of a step.
    private bool Fits(int step) => _plan.Function switch
    {
        "quantile_over_time" => Quantiles.IsValid(_arguments[step]),
        "double_exponential_smoothing" => _arguments[step] is not (<= 0 or >= 1) && _arguments[_steps + step] is not (<= 0 or >= 1),
        _ => true,
    };

    // As upstream only where there is something to compute from.
    private void Complain(WindowBounds bounds, RowSpan output)
    {
        for (int s = 0; s < _steps; s++)
        {
            if (bounds.First[s] == bounds.End[s] || Fits(s))
            {
                continue;
            }

            if (_plan.Function == "double_exponential_smoothing")
            {
                CheckFactor("smoothing", _arguments[s]);
                CheckFactor("trend", _arguments[_steps + s]);
            }

            // Of histograms alone there is no quantile.
            if (!output.Has(s))
            {
                continue;
            }

            _run!.Annotations.Add(
                isWarning: true, $"quantile value should be between 0 and 1, got {AnnotationText.Number(_arguments[s])}", _plan.ArgumentPositions[0]);
        }
    }

    private static void CheckFactor(string name, double value)
    {
        if (value is <= 0 or >= 1)
        {
            throw QueryException.Execution(string.Create(
                CultureInfo.InvariantCulture,
                $"invalid {name} factor. Expected: 0 < {name[0]}f < 1, got: {value:F6}"));
        }
    }
}
