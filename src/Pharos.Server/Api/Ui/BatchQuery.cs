namespace Pharos.Server.Api.Ui;

/// <summary>One query of a batch, as it was asked.</summary>
internal sealed record BatchQuery
{
    /// <summary>The caller's own name of it.</summary>
    public required string Id { get; init; }

    public required string Expr { get; init; }

    /// <summary>Only the value at the end.</summary>
    public bool Instant { get; init; }

    /// <summary>The least step; 0 for none.</summary>
    public long MinIntervalMs { get; init; }

    /// <summary>The step; 0 to have it chosen.</summary>
    public long IntervalMs { get; init; }

    public int MaxDataPoints { get; init; } = 1_000;

    /// <summary>With <c>{{label}}</c>; empty or <c>__auto</c> for the labels that tell the series apart.</summary>
    public string LegendFormat { get; init; } = "";

    /// <summary>Series at most.</summary>
    public int MaxSeries { get; init; } = 1_000;
}
