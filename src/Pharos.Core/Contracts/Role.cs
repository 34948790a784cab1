namespace Pharos.Core.Contracts;

/// <summary>The role of a user; each one may do what the ones before it may. The names are Grafana's.</summary>
public enum Role
{
    /// <summary>Sees everything, changes nothing.</summary>
    Viewer,

    /// <summary>Also changes silences and dashboards.</summary>
    Editor,

    /// <summary>Also hands in samples and changes the server itself.</summary>
    Admin,
}
