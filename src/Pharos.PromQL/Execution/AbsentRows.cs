using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary><c>absent</c> and <c>absent_over_time</c>: 1 at the steps where no series has a value, with the labels that the selector names exactly.</summary>
internal sealed class AbsentRows : TableRows
{
    private readonly RowSource _inner;
    private readonly IReadOnlyList<Matcher> _matchers;
    private readonly bool _dropsName;

    public AbsentRows(PlanNode plan, RowSource inner, IReadOnlyList<Matcher> matchers, bool dropsName)
        : base(plan.Grid)
    {
        _inner = inner;
        _matchers = matchers;
        _dropsName = dropsName;
    }

    /// <summary>The matchers of an expression that is a selector; none of any other.</summary>
    public static IReadOnlyList<Matcher> MatchersOf(Expr expression) => expression switch
    {
        ParenExpr paren => MatchersOf(paren.Inner),
        VectorSelector selector => selector.Matchers,
        MatrixSelector matrix => matrix.Selector.Matchers,
        _ => [],
    };

    protected override (RowLabels Labels, RowTable Table) Evaluate(QueryRun run)
    {
        _inner.Open(run);
        var table = new RowTable(1, Steps);
        ulong[] present = Present(run);
        RowSpan row = table[0];
        row.Values.Fill(1);
        row.SetAllPresent();
        for (int w = 0; w < present.Length; w++)
        {
            row.Present[w] &= ~present[w];
        }

        return (new ListedLabels([NamedExactly()], run.Symbols, areUnique: true, _dropsName && run.DelaysNames ? [true] : null), table);
    }

    private ulong[] Present(QueryRun run)
    {
        int partitions = QueryRun.PartitionsFor(_inner.Count, Steps, _inner.HasHistograms);
        var found = new ulong[partitions][];
        int slot = run.NewSlot();
        run.Parallelize(partitions, (partition, worker) =>
        {
            ulong[] any = new ulong[RowSpan.Words(Steps)];
            (int from, int to) = QueryRun.Bounds(_inner.Count, partitions, partition);
            for (int row = from; row < to; row++)
            {
                RowSpan scratch = worker.Row(slot, _inner);
                _inner.Fill(row, scratch, worker);
                worker.Charge(scratch.CountSamples());
                Folds.Presence(scratch.Present, any);
            }

            found[partition] = any;
        });
        for (int p = 1; p < partitions; p++)
        {
            Folds.Presence(found[p], found[0]);
        }

        return found[0];
    }

    // A label given more than once is left out, even if it is given the same value each time: so does upstream.
    private Labels NamedExactly()
    {
        var builder = new LabelsBuilder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (Matcher matcher in _matchers)
        {
            if (matcher.Name == Label.MetricName)
            {
                continue;
            }

            if (matcher.Type == Core.Matching.MatchType.Equal && !seen.Contains(matcher.Name))
            {
                builder.Set(matcher.Name, matcher.Value);
                seen.Add(matcher.Name);
            }
            else
            {
                builder.Remove(matcher.Name);
            }
        }

        return builder.ToLabels();
    }
}
