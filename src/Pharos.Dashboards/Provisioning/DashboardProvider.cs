namespace Pharos.Dashboards.Provisioning;

/// <summary>An entry of Grafana's <c>providers</c>: a folder of files.</summary>
/// <param name="Name">For people.</param>
/// <param name="Path">As written.</param>
/// <param name="Folder">The title of the folder that dashboards go to; empty for none.</param>
/// <param name="FolderUid">Its uid; empty for one made from the title.</param>
/// <param name="FoldersFromFiles">Each directory becomes a folder.</param>
/// <param name="DisableDeletion">Dashboards must not be deleted.</param>
/// <param name="AllowUpdates">Dashboards may be changed through the API.</param>
/// <param name="File">The provisioning file.</param>
public sealed record DashboardProvider(string Name, string Path, string Folder, string FolderUid, bool FoldersFromFiles, bool DisableDeletion, bool AllowUpdates, string File);
