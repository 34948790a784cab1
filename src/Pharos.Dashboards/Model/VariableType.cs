namespace Pharos.Dashboards.Model;

/// <summary>Where the options of a variable come from.</summary>
public enum VariableType
{
    /// <summary>A question to the store.</summary>
    Query,

    /// <summary>A list in the file.</summary>
    Custom,

    /// <summary>A list of durations.</summary>
    Interval,

    /// <summary>The data sources of a type.</summary>
    Datasource,

    /// <summary>What somebody types.</summary>
    Textbox,

    /// <summary>One value of the file.</summary>
    Constant,
}
