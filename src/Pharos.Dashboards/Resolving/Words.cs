using Pharos.Dashboards.Library;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Resolving;

/// <summary>The words of the interface for enumerations.</summary>
public static class Words
{
    /// <summary>Grafana's word.</summary>
    public static string Word(this VariableType type) => type switch
    {
        VariableType.Query => "query",
        VariableType.Custom => "custom",
        VariableType.Interval => "interval",
        VariableType.Datasource => "datasource",
        VariableType.Textbox => "textbox",
        _ => "constant",
    };

    /// <summary>The word of docs/api.md.</summary>
    public static string Word(this DashboardOrigin origin) => origin switch
    {
        DashboardOrigin.File => "file",
        DashboardOrigin.Provisioned => "provisioned",
        DashboardOrigin.Saved => "saved",
        _ => "builtIn",
    };
}
