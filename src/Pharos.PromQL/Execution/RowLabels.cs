using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>
/// The labels of the rows of an operator. Grouping and joining ask for columns of value ids and compare integers; strings are made for results and
/// messages only. Id 0 is the absent label. Immutable, usable from any thread.
/// </summary>
internal abstract class RowLabels
{
    /// <summary>How many rows there are.</summary>
    public abstract int Count { get; }

    /// <summary>The ids are those of the store; otherwise those of the query's <see cref="SymbolTable"/>. Only ids of one kind compare.</summary>
    public abstract bool IsStored { get; }

    /// <summary>No two rows can have equal labels. False says that nobody has looked.</summary>
    public abstract bool AreUnique { get; }

    /// <summary>Every label name that a row may have, sorted.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Some rows lose their metric name when the evaluation ends (only with delayed name removal).</summary>
    public virtual bool HasPendingNames => false;

    /// <summary>Writes the id of each row's value of a label.</summary>
    public abstract void GetIds(string name, Span<uint> ids);

    /// <summary>The text of an id.</summary>
    public abstract string ValueOf(uint id);

    /// <summary>The labels of a row.</summary>
    public abstract Labels Get(int row);

    /// <summary>Whether the row loses its metric name when the evaluation ends.</summary>
    public virtual bool IsNamePending(int row) => false;
}
