using Pharos.Core.Labels;
using Pharos.PromQL.Syntax.Series;

namespace Pharos.Conformance.Scripts;

/// <summary>A query with what it must answer.</summary>
internal sealed record EvalCommand(int Line) : ScriptCommand(Line)
{
    public required string Query { get; init; }

    public required bool IsInstant { get; init; }

    /// <summary>Milliseconds; the time of an instant query.</summary>
    public required long Start { get; init; }

    public long End { get; init; }

    public long StepMs { get; init; }

    public bool MustFail { get; set; }

    /// <summary>What the failure must say; null for any.</summary>
    public TextExpectation? Failure { get; set; }

    public AnnotationExpectations Warnings { get; } = new();

    public AnnotationExpectations Infos { get; } = new();

    public bool IsOrdered { get; set; }

    public double? Scalar { get; set; }

    public string? Text { get; set; }

    /// <summary>An instant query that answers samples: at these times.</summary>
    public (long Start, long End, long StepMs)? RangeVector { get; set; }

    /// <summary>In the order written; the last of equal label sets counts.</summary>
    public Dictionary<Labels, IReadOnlyList<SeriesValue>> Series { get; } = [];

    public List<Labels> Order { get; } = [];
}
