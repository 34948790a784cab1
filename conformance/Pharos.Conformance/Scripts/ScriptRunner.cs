using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.PromQL.Sources;
using Pharos.PromQL.Syntax;
using Pharos.Testing;

namespace Pharos.Conformance.Scripts;

/// <summary>Runs a test script against a fresh store and engine.</summary>
internal sealed class ScriptRunner : IDisposable
{
    private readonly InMemorySeriesSource _store = new();
    private readonly PromQLEngine _engine = new(new EngineOptions
    {
        DelayedNameRemoval = true,
        MaxSamples = 10_000,
        UseStartTimestamps = true,
        Parser = ParserOptions.Everything,
    });

    private readonly Dictionary<Labels, StoredHistograms> _histograms = [];

    /// <summary>Runs all commands; for each query the command and what is wrong, or null.</summary>
    public IEnumerable<(EvalCommand Eval, string? Problem)> Run(IReadOnlyList<ScriptCommand> commands)
    {
        foreach (ScriptCommand command in commands)
        {
            switch (command)
            {
                case ClearCommand:
                    _store.Clear();
                    _histograms.Clear();
                    break;
                case LoadCommand load:
                    Load(load);
                    break;
                case EvalCommand eval:
                    yield return (eval, Check(eval));
                    break;
                default:
                    throw new InvalidOperationException($"command {command.GetType()}");
            }
        }
    }

    public void Dispose() => _engine.Dispose();

    private void Load(LoadCommand load)
    {
        var last = new Dictionary<Labels, LoadedSeries>();
        foreach (LoadedSeries series in load.Series)
        {
            last[series.Labels] = series;
        }

        var converted = new ConvertedHistograms();
        foreach (LoadedSeries series in last.Values)
        {
            if (load.ConvertsHistograms)
            {
                converted.Add(series, load.IntervalMs);
            }

            for (int k = 0; k < series.Values.Count; k++)
            {
                if (!series.Values[k].IsOmitted)
                {
                    Store(series, k, k * load.IntervalMs);
                }
            }
        }

        StoreConverted(converted);
    }

    private void StoreConverted(ConvertedHistograms converted)
    {
        foreach ((Labels labels, long time, FloatHistogram histogram) in converted.All())
        {
            _store.Add(labels, time, HistogramsOf(labels).Add(histogram));
        }
    }

    private void Store(LoadedSeries series, int position, long time)
    {
        if (series.Values[position].Histogram is { } histogram)
        {
            _store.Add(series.Labels, time, HistogramsOf(series.Labels).Add(histogram));
        }
        else
        {
            HistogramsOf(series.Labels).AddNumber();
            _store.Add(series.Labels, time, series.Values[position].Value);
        }

        if (series.Starts?[position] is { } offset)
        {
            _store.SetStartTimestamp(series.Labels, time + offset);
        }
    }

    private StoredHistograms HistogramsOf(Labels labels)
    {
        if (!_histograms.TryGetValue(labels, out StoredHistograms? histograms))
        {
            histograms = new StoredHistograms();
            _histograms.Add(labels, histograms);
        }

        return histograms;
    }

    private string? Check(EvalCommand eval) => eval.IsInstant ? CheckInstant(eval) : CheckRange(eval);

    private string? CheckInstant(EvalCommand eval)
    {
        long time = eval.RangeVector?.End ?? eval.Start;
        if (CheckAnswer(eval, eval.Query, () => Instant(eval.Query, time)) is { } problem)
        {
            return problem;
        }

        string? pinned = eval.MustFail ? null : AtVariants.Pin(eval.Query, time);
        long[] others = pinned is null ? [] : time == 0 ? [-1000, 0, 1000] : [-10 * time, 0, time / 5, time, 10 * time];
        foreach (long other in others)
        {
            if (CheckAnswer(eval, pinned!, () => Instant(pinned!, other)) is { } difference)
            {
                return $"pinned as {pinned} at {other}: {difference}";
            }

            if (CheckAsRange(eval, pinned!, other) is { } rangeDifference)
            {
                return $"pinned as {pinned} as range around {other}: {rangeDifference}";
            }
        }

        return eval.MustFail ? null : CheckAsRange(eval, eval.Query, time) is { } asRange ? $"as range: {asRange}" : null;
    }

    // The answer of an instant query is also that of a range query at this step.
    private string? CheckAsRange(EvalCommand eval, string query, long time)
    {
        if (eval.Text is not null || eval.RangeVector is not null || DependsOnRange(query))
        {
            return null;
        }

        try
        {
            QueryResult result = Range(query, time - 60_000, time + 60_000, 60_000);
            return eval.IsOrdered ? null : ResultComparer.CompareAtStep(eval, result, time);
        }
        catch (QueryException e)
        {
            return e.Message;
        }
    }

    private static bool DependsOnRange(string query) =>
        query.Contains("start()", StringComparison.Ordinal) || query.Contains("end()", StringComparison.Ordinal)
        || query.Contains("range()", StringComparison.Ordinal) || query.Contains("step()", StringComparison.Ordinal);

    private string? CheckRange(EvalCommand eval) => CheckAnswer(eval, eval.Query, () => Range(eval.Query, eval.Start, eval.End, eval.StepMs));

    private static string? CheckAnswer(EvalCommand eval, string query, Func<QueryResult> run)
    {
        QueryResult result;
        try
        {
            result = run();
        }
        catch (QueryException e)
        {
            return !eval.MustFail ? $"{query} failed: {e.Message}"
                : eval.Failure?.Matches(e.Message) ?? true ? null
                : $"expected failure with {eval.Failure} but got: {e.Message}";
        }

        if (eval.MustFail)
        {
            return "expected error but got none";
        }

        return eval.Warnings.Check("warn", [.. result.Annotations.Where(static a => a.IsWarning).Select(static a => a.Message)])
            ?? eval.Infos.Check("info", [.. result.Annotations.Where(static a => !a.IsWarning).Select(static a => a.Message)])
            ?? (eval.IsInstant ? ResultComparer.Compare(eval, result) : ResultComparer.CompareRange(eval, result));
    }

    private QueryResult Instant(string query, long time) => Done(_engine.InstantAsync(_store, query, time));

    private QueryResult Range(string query, long start, long end, long step) => Done(_engine.RangeAsync(_store, query, start, end, step));

    // The engine computes on the calling thread and nobody else uses this one: its tasks are done when they are returned.
    private static QueryResult Done(Task<QueryResult> task)
    {
#pragma warning disable VSTHRD002
        return task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }
}
