using System.Runtime.CompilerServices;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>
/// An operator that gives rows: first <see cref="Open"/>, on one thread; then any row at any time on any thread, each with a worker of its own.
/// Operators that need all rows of an operand before they have one of their own do that work in <see cref="Open"/>.
/// </summary>
internal abstract class RowSource
{
    private bool _isOpen;

    protected RowSource(StepTimes grid)
    {
        Grid = grid;
    }

    public StepTimes Grid { get; }

    public int Steps => Grid.Count;

    /// <summary>The labels of the rows; there after <see cref="Open"/>.</summary>
    public RowLabels Labels { get; protected set; } = null!;

    public int Count => Labels.Count;

    /// <summary>Whether values may be histograms, so that rows handed to <see cref="Fill"/> need a column for them; there after <see cref="Open"/>.</summary>
    public bool HasHistograms { get; protected set; }

    /// <summary>The rows where they are in memory anyway, otherwise null; there after <see cref="Open"/>.</summary>
    public virtual RowTable? Table => null;

    /// <summary>Selects series and does what must be done before there are rows. Does nothing the second time.</summary>
    public void Open(QueryRun run)
    {
        if (!_isOpen)
        {
            _isOpen = true;
            if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                throw QueryException.Execution("expression is nested too deeply to be evaluated");
            }

            run.Pace.Look();
            OnOpen(run);
        }
    }

    /// <summary>Writes a row: its presence bits wholly, its values, and histograms if it has any, where a bit is set.</summary>
    public abstract void Fill(int row, RowSpan output, Worker worker);

    protected abstract void OnOpen(QueryRun run);
}
