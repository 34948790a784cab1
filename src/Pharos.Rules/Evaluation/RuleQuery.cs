using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Rules.Evaluation;

/// <summary>Asks the engine on behalf of rules. Thread-safe.</summary>
/// <param name="engine">Gives the engine that evaluates now.</param>
/// <param name="source">Where series come from.</param>
/// <param name="file">The file of the group, for a log of queries.</param>
/// <param name="group">The name of the group, likewise.</param>
internal sealed class RuleQuery(Func<PromQLEngine> engine, ISeriesSource source, string file, string group)
{
    private readonly QueryAsker _asker = new("ruleGroup", [new("file", file), new("name", group)]);

    /// <summary>The vector that an expression gives at a time; a scalar is one sample without labels.</summary>
    /// <exception cref="QueryException">It cannot be evaluated, or was cancelled.</exception>
    /// <exception cref="RuleEvaluationException">It gives neither a vector nor a scalar.</exception>
    public async ValueTask<List<RuleSample>> AskAsync(Expr expr, string text, DateTimeOffset time, CancellationToken cancellationToken) =>
        VectorOf(await Engine().InstantAsync(source, expr, text, time.ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false));

    /// <summary>As <see cref="AskAsync"/>, of a text and for a caller that cannot wait otherwise: templates.</summary>
    /// <exception cref="QueryException">It cannot be evaluated, or was cancelled.</exception>
    /// <exception cref="RuleEvaluationException">It gives neither a vector nor a scalar.</exception>
    public List<RuleSample> Ask(string text, DateTimeOffset time, CancellationToken cancellationToken)
    {
        // Queries run on the calling thread; the wait, if any, is for a place among the queries, and the rule holds none meanwhile.
#pragma warning disable VSTHRD002
        QueryResult result = Engine().InstantAsync(source, text, time.ToUnixTimeMilliseconds(), cancellationToken).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        return VectorOf(result);
    }

    private PromQLEngine Engine()
    {
        PromQLEngine current = engine();
        return current.Options.Log is null ? current : current.With(current.Options with { Asker = _asker });
    }

    private static List<RuleSample> VectorOf(QueryResult result)
    {
        switch (result.Type)
        {
            case ExprType.Vector:
                var samples = new List<RuleSample>(result.Rows.Count);
                foreach (ResultRow row in result.Rows)
                {
                    FloatHistogram? histogram = row.HistogramAt(0);
                    samples.Add(new RuleSample(row.Labels, histogram is null ? row.Values.Span[0] : 0, histogram));
                }

                return samples;
            case ExprType.Scalar:
                return [new RuleSample(Labels.Empty, result.ScalarValue)];
            default:
                throw new RuleEvaluationException("rule result is not a vector or scalar");
        }
    }
}
