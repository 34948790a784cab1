using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>What a node of an explained query had: its rows, and how many values each of them.</summary>
internal sealed class NodeMeasure(PlanNode plan, int slot)
{
    // By row: 0 where nobody asked for the row, otherwise its values plus one. Threads that make the same row write the same number.
    private int[] _pointsOf = [];

    public PlanNode Plan => plan;

    /// <summary>Where clocks count for it.</summary>
    public int Slot => slot;

    /// <summary>The operator itself, without what keeps or measures its rows; null where a node has none.</summary>
    public RowSource? Operator { get; init; }

    /// <summary>The operator as others see it.</summary>
    public RowSource? Source { get; private set; }

    /// <summary>The series that the operator reads itself.</summary>
    public Scan? Scan { get; set; }

    /// <summary>The operator was opened: its rows are known by their labels.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The node was evaluated, at least in part.</summary>
    public bool WasEntered { get; set; }

    /// <summary>Rows by their labels.</summary>
    public int RowCount => _pointsOf.Length;

    /// <summary>Rows that were made and have no value.</summary>
    public int EmptyRows { get; private set; }

    /// <summary>Rows that nobody wanted.</summary>
    public int UnreadRows { get; private set; }

    /// <summary>Values of all rows that were made.</summary>
    public long Points { get; private set; }

    public void Opened(RowSource source)
    {
        Source = source;
        _pointsOf = new int[source.Count];
        IsOpen = true;
    }

    /// <summary>A row was made. Thread-safe.</summary>
    public void Saw(int row, RowSpan values, NodeClock clock)
    {
        _pointsOf[row] = values.CountPresent() + 1;
        for (int s = 0; s < values.Steps; s++)
        {
            if (values.Has(s) && values.HistogramAt(s) is null && !double.IsNaN(values.Values[s]))
            {
                clock.Saw(slot, values.Values[s]);
            }
        }
    }

    /// <summary>Whether a row may have values: it has, or nobody looked.</summary>
    public bool MayHaveValues(int row) => _pointsOf[row] != 1;

    /// <summary>Counts, when nothing runs any more. Rows that an operator keeps in memory are seen there.</summary>
    public void Complete(NodeClock clock)
    {
        RowTable? table = Source?.Table;
        for (int row = 0; row < _pointsOf.Length; row++)
        {
            if (_pointsOf[row] == 0 && table is not null)
            {
                Saw(row, table[row], clock);
            }

            EmptyRows += _pointsOf[row] == 1 ? 1 : 0;
            UnreadRows += _pointsOf[row] == 0 ? 1 : 0;
            Points += Math.Max(0, _pointsOf[row] - 1);
        }
    }
}
