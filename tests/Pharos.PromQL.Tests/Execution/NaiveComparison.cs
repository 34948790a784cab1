using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Testing.Naive;
using Pharos.Testing.Queries;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>Asks the engine and the naive evaluator the same over the same series.</summary>
internal sealed class NaiveComparison
{
    private const long Start = NaiveData.Start + 900_000;

    private readonly EngineScene _scene;
    private readonly Dictionary<Labels, List<Sample>> _data;

    public NaiveComparison(EngineScene scene, Dictionary<Labels, List<Sample>> data)
    {
        _scene = scene;
        _data = data;
        foreach ((Labels labels, List<Sample> samples) in data)
        {
            samples.ForEach(s => scene.Store.Add(labels, s.Timestamp, s.Value));
        }
    }

    /// <summary>How many answers had at least one element and were the same.</summary>
    public int Answered { get; private set; }

    /// <summary>What the engine answers otherwise, or null. One step is an instant query.</summary>
    public async Task<string?> DifferenceAsync(Term query, int steps, long stepMs)
    {
        long end = Start + ((steps - 1) * stepMs);
        List<Element>[]? expected;
        try
        {
            var naive = new NaiveEvaluator(_data, Start, end);
            expected = [.. Enumerable.Range(0, steps).Select(s => naive.Evaluate(query, Start + (s * stepMs)))];
        }
        catch (UndecidedException)
        {
            return null;
        }
        catch (NaiveFailureException)
        {
            expected = null;
        }

        QueryResult result;
        try
        {
            result = await AskAsync(query.ToString(), steps, end, stepMs);
        }
        catch (QueryException e)
        {
            return e.Kind == QueryErrorKind.Execution && (expected is null || (steps > 1 && MayRefuse(query, e))) ? null : $"refused with {e.Message}";
        }

        return expected is null ? "answered what must be refused" : Difference(expected, result);
    }

    private Task<QueryResult> AskAsync(string query, int steps, long end, long stepMs) => steps == 1
        ? _scene.InstantAsync(query, Start / 1000.0)
        : _scene.RangeAsync(query, Start / 1000.0, end / 1000.0, stepMs / 1000.0);

    /// <summary>
    /// A range may be refused though none of its steps is, as upstream: a function over time refuses two results of the same labels even where they
    /// never meet in one step, and a subquery is evaluated also between the windows of the steps.
    /// </summary>
    private static bool MayRefuse(Term query, QueryException refusal) =>
        refusal.Message == "vector cannot contain metrics with the same labelset" || HasSubquery(query);

    private static bool HasSubquery(Term term) => term is SubqueryTerm || term.Parts.Any(HasSubquery);

    private string? Difference(List<Element>[] expected, QueryResult result)
    {
        for (int s = 0; s < expected.Length; s++)
        {
            Dictionary<Labels, double> actual = AnswerAt(result, s);
            foreach (Element element in expected[s])
            {
                if (!actual.Remove(element.Labels, out double value))
                {
                    return $"step {s}: {element.Labels} is missing, {element.Value:R} was expected";
                }

                if (!Rounding.AreClose(element.Value, value))
                {
                    return $"step {s}: {element.Labels} is {value:R}, {element.Value:R} was expected";
                }
            }

            if (actual.Count > 0)
            {
                return $"step {s}: {actual.First().Key} is {actual.First().Value:R}, nothing was expected";
            }
        }

        Answered += expected.Any(static e => e.Count > 0) ? 1 : 0;
        return null;
    }

    private static Dictionary<Labels, double> AnswerAt(QueryResult result, int step) => result.Type == ExprType.Scalar
        ? new Dictionary<Labels, double> { [Labels.Empty] = result.ScalarValue }
        : result.Rows.Where(r => r.Has(step)).ToDictionary(static r => r.Labels, r => r.Values.Span[step]);
}
