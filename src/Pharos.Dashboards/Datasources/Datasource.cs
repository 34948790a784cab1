namespace Pharos.Dashboards.Datasources;

/// <summary>A data source that dashboards may name. Holds no secret: credentials of provisioning files are never read.</summary>
/// <param name="Uid">Unique.</param>
/// <param name="Name">Unique, for people.</param>
/// <param name="Type">Grafana's plugin: <c>prometheus</c>, <c>loki</c>, …</param>
/// <param name="Url">As written; empty for the built-in one. Nothing is ever sent there.</param>
/// <param name="IsBuiltIn">Whether it means the store of this server.</param>
public sealed record Datasource(string Uid, string Name, string Type, string Url, bool IsBuiltIn)
{
    /// <summary>Dashboards that name no data source mean this one.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The least step that it asks for, <c>jsonData.timeInterval</c>; empty for none.</summary>
    public string TimeInterval { get; init; } = "";

    /// <summary>The file that names it; empty for the one that is always there.</summary>
    public string File { get; init; } = "";

    /// <summary>The one that is always there.</summary>
    public static Datasource Own { get; } = new("pharos", "Pharos", "prometheus", "", IsBuiltIn: true) { IsDefault = true };
}
