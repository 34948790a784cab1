namespace Pharos.Dashboards.Library;

/// <summary>A dashboard as it was found in a file, before it is read.</summary>
/// <param name="Name">The file, and within a manifest the ConfigMap and key: for people, and the identity where the dashboard has no uid.</param>
/// <param name="Json">UTF-8.</param>
/// <param name="Origin">How it was found.</param>
/// <param name="Folder">The title of its folder; empty for none.</param>
/// <param name="Modified">When it was changed last.</param>
public sealed record DashboardFile(string Name, ReadOnlyMemory<byte> Json, DashboardOrigin Origin, string Folder, DateTimeOffset? Modified)
{
    /// <summary>The uid that a provisioning file gives the folder; empty for one made from the title.</summary>
    public string FolderUid { get; init; } = "";

    /// <summary>Whether the provisioning file allows changes through the API.</summary>
    public bool AllowUpdates { get; init; }

    /// <summary>Whether the provisioning file allows deletion.</summary>
    public bool AllowDeletion { get; init; }
}
