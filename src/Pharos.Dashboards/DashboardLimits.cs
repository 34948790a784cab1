namespace Pharos.Dashboards;

/// <summary>How much one dashboard may take. Far above what people make: 743 dashboards of 33 repositories stay below a tenth of each.</summary>
public static class DashboardLimits
{
    /// <summary>Bytes of JSON.</summary>
    public const int MaxBytes = 8 << 20;

    /// <summary>Nesting of JSON; Grafana's own files have up to 20.</summary>
    public const int MaxDepth = 64;

    /// <summary>Values of any kind in the file.</summary>
    public const int MaxNodes = 500_000;

    /// <summary>Panels, those within rows included, as they stand in the file and again after repeats.</summary>
    public const int MaxPanels = 2_000;

    /// <summary>Queries of one panel.</summary>
    public const int MaxTargets = 200;

    /// <summary>Variables of one dashboard.</summary>
    public const int MaxVariables = 200;

    /// <summary>Options of one variable that are shown; more are counted.</summary>
    public const int MaxOptions = 5_000;

    /// <summary>Copies of one panel or row that a repeat makes.</summary>
    public const int MaxRepeats = 200;

    /// <summary>UTF-16 units of one text after its variables are replaced.</summary>
    public const int MaxText = 1 << 20;

    /// <summary>UTF-16 units of all texts of a dashboard together, after variables and repeats.</summary>
    public const int MaxTotalText = 16 << 20;

    /// <summary>Problems that are listed.</summary>
    public const int MaxProblems = 2_000;
}
