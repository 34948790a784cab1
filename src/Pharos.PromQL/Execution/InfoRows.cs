using Pharos.Core.Labels;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>
/// <c>info</c>: at each step a series gets the labels of the info series that has the same <c>instance</c> and <c>job</c>, the newest where there are
/// several. As those change from step to step, so may the labels: then the series goes on as another one.
/// </summary>
internal sealed class InfoRows : TableRows
{
    // A series with its labels made anew, about.
    private const int RowWork = 500;

    private static readonly string[] Identifying = ["instance", "job"];

    private readonly InfoPlan _plan;
    private readonly RowSource _inner;
    private readonly InfoSelection _selection;

    public InfoRows(InfoPlan plan, RowSource inner)
        : base(plan.Grid)
    {
        _plan = plan;
        _inner = inner;
        _selection = new InfoSelection(plan.Matchers);
    }

    protected override (RowLabels Labels, RowTable Table) Evaluate(QueryRun run)
    {
        _inner.Open(run);
        RowTable rows = Rows.Materialize(run, _inner);
        Labels[] labels = [.. Enumerable.Range(0, rows.Rows).Select(_inner.Labels.Get)];
        bool[] isInfo = [.. labels.Select(l => _selection.IsInfo(l.MetricName))];
        InfoSeries info = Fetch(run, labels, isInfo);
        int[][] groups = [.. labels.Select((l, row) => isInfo[row] ? [] : info.GroupsOf(l))];
        var results = new InfoResults(run, _inner, _selection, labels, Steps);
        int[] newest = new int[info.GroupCount];
        for (int s = 0; s < Steps; s++)
        {
            info.FindNewest(s, newest);
            run.Pace.Spend(newest.Length);
            for (int row = 0; row < rows.Rows; row++)
            {
                run.Pace.Spend(RowWork);
                if (rows[row].Has(s))
                {
                    Labels[] found = [.. groups[row].Where(g => newest[g] >= 0).Select(g => info.Labels[newest[g]])];
                    results.Add(row, s, rows[row], found, isInfo[row]);
                }
            }
        }

        return results.ToTable();
    }

    private InfoSeries Fetch(QueryRun run, Labels[] labels, bool[] isInfo)
    {
        var wanted = new HashSet<string>[Identifying.Length];
        for (int i = 0; i < Identifying.Length; i++)
        {
            wanted[i] = [.. labels.Where((_, row) => !isInfo[row]).Select(l => l[Identifying[i]]).Where(static v => v.Length > 0)];
        }

        if (Steps == 0 || Array.TrueForAll(wanted, static w => w.Count == 0))
        {
            return InfoSeries.None;
        }

        SelectorPlan Selector(SampleField field) => new()
        {
            Grid = Grid,
            Position = _plan.Position,
            Matchers = _selection.Matchers,
            Times = _plan.Times,
            IsSmoothed = false,
            Field = field,
        };
        Scan scan = run.Select(_selection.Matchers, StepTimes.Earlier(_plan.Times.Start, run.LookbackDelta - 1), _plan.Times.End);
        Labels[] all = [.. Enumerable.Range(0, scan.Labels.Count).Select(scan.Labels.Get)];
        CheckNumbers(run, new SelectorRows(Selector(SampleField.Value)), all);
        var times = new SelectorRows(Selector(SampleField.Time));
        times.Open(run);
        bool[] isWanted = [.. all.Select(l => Enumerable.Range(0, wanted.Length).All(i => wanted[i].Count == 0 || wanted[i].Contains(l[Identifying[i]])))];
        return new InfoSeries(all, isWanted, Rows.Materialize(run, times), Identifying);
    }

    private static void CheckNumbers(QueryRun run, SelectorRows values, Labels[] labels)
    {
        values.Open(run);
        if (!values.HasHistograms)
        {
            return;
        }

        RowTable table = Rows.Materialize(run, values);
        for (int row = 0; row < table.Rows; row++)
        {
            if (table[row].RemoveHistograms())
            {
                throw QueryException.Execution($"this should be an info metric, with float samples: {labels[row]}");
            }
        }
    }
}
