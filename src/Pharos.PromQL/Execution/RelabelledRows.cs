using Pharos.Core.Labels;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary><c>label_replace</c> and <c>label_join</c>: other labels, the same values.</summary>
internal sealed class RelabelledRows : RowSource
{
    private readonly RowSource _inner;
    private readonly string _target;
    private readonly Func<RowLabels, int, string?> _value;

    /// <summary>Sets a label of each row to a value; null leaves the row alone, an empty value removes the label.</summary>
    public RelabelledRows(RowSource inner, string target, Func<RowLabels, int, string?> value)
        : base(inner.Grid)
    {
        _inner = inner;
        _target = target;
        _value = value;
    }

    public override RowTable? Table => _inner.Table;

    public override void Fill(int row, RowSpan output, Worker worker) => _inner.Fill(row, output, worker);

    protected override void OnOpen(QueryRun run)
    {
        _inner.Open(run);
        HasHistograms = _inner.HasHistograms;
        RowLabels before = _inner.Labels;
        string?[] values = new string?[before.Count];
        bool[]? pending = before.HasPendingNames ? new bool[before.Count] : null;
        for (int row = 0; row < values.Length; row++)
        {
            run.Pace.Spend(Worker.LabelsWork);
            values[row] = _value(before, row);
            if (pending is not null)
            {
                // A name that was just given stays.
                pending[row] = before.IsNamePending(row) && (values[row] is null || _target != Label.MetricName);
            }
        }

        Labels = new ReplacedLabels(before, _target, values, pending, run.Symbols);
    }
}
