namespace Pharos.Dashboards.Model;

/// <summary>One query of a panel; texts still have their variables.</summary>
public sealed record PanelTarget
{
    /// <summary>A, B, …; unique within the panel.</summary>
    public required string RefId { get; init; }

    /// <summary>PromQL.</summary>
    public required string Expr { get; init; }

    /// <summary>The legend; empty or <c>__auto</c> for one made from the labels.</summary>
    public string LegendFormat { get; init; } = "";

    /// <summary>Asks for the value at the end of the range.</summary>
    public bool Instant { get; init; }

    /// <summary>Asks for the whole range; a target may ask for both.</summary>
    public bool Range { get; init; } = true;

    /// <summary><c>time_series</c>, <c>table</c> or <c>heatmap</c>.</summary>
    public string Format { get; init; } = "time_series";

    /// <summary>Not shown, but may be used by a transformation.</summary>
    public bool Hide { get; init; }

    /// <summary>The least step as it is written (<c>30s</c>, <c>$interval</c>); empty for none.</summary>
    public string Interval { get; init; } = "";

    /// <summary>Older files ask for a step so many times longer.</summary>
    public int IntervalFactor { get; init; } = 1;
}
