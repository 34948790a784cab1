using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL;

/// <summary>
/// The answer to a query, as rows: it is written out without an object per sample. Immutable, usable from any thread.
/// </summary>
public sealed class QueryResult
{
    /// <summary>What the answer is. A range query answers a matrix, also of a scalar expression.</summary>
    public required ExprType Type { get; init; }

    /// <summary>The time of the first step, milliseconds since the Unix epoch.</summary>
    public required long StartTime { get; init; }

    /// <summary>Milliseconds from step to step.</summary>
    public required long StepMs { get; init; }

    /// <summary>How many steps there are; 1 for an instant query.</summary>
    public required int Steps { get; init; }

    /// <summary>
    /// The series. Those of an instant vector are in the order of the evaluation (which <c>sort</c> and <c>topk</c> decide), those of a matrix are
    /// sorted by labels. A row has at least one value. Empty for scalars and strings.
    /// </summary>
    public IReadOnlyList<ResultRow> Rows { get; init; } = [];

    /// <summary>Only of a scalar; otherwise 0.</summary>
    public double ScalarValue { get; init; }

    /// <summary>Only of a string; otherwise empty.</summary>
    public string StringValue { get; init; } = "";

    /// <summary>Warnings and infos in the order of their positions.</summary>
    public IReadOnlyList<QueryAnnotation> Annotations { get; init; } = [];

    /// <summary>What may make the answer wrong; texts and positions are upstream's.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What is worth knowing about the answer.</summary>
    public IReadOnlyList<string> Infos { get; init; } = [];

    /// <summary>What the query took.</summary>
    public required QueryStatistics Statistics { get; init; }

    /// <summary>How many values there are: those of all series, or the one of a scalar or a string.</summary>
    public long CountPoints() => Type is ExprType.Scalar or ExprType.String ? 1 : Rows.Sum(static row => (long)row.CountValues());

    /// <summary>The time of a step, milliseconds since the Unix epoch.</summary>
    public long TimeOf(int step) => StartTime + (StepMs * step);
}
