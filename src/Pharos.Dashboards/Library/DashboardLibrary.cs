using Pharos.Dashboards.Datasources;

namespace Pharos.Dashboards.Library;

/// <summary>All dashboards at one moment. Immutable.</summary>
public sealed class DashboardLibrary
{
    private readonly Dictionary<string, DashboardEntry> _byUid;

    /// <param name="entries">With distinct uids.</param>
    /// <param name="folders">With distinct uids.</param>
    /// <param name="errors">What could not be read.</param>
    /// <param name="datasources">What dashboards may name.</param>
    public DashboardLibrary(IReadOnlyList<DashboardEntry> entries, IReadOnlyList<DashboardFolder> folders, IReadOnlyList<LibraryError> errors, DatasourceDirectory datasources)
    {
        _byUid = entries.ToDictionary(static entry => entry.Dashboard.Uid, StringComparer.Ordinal);
        Entries = [.. entries.OrderBy(static entry => entry.Dashboard.Title, StringComparer.OrdinalIgnoreCase).ThenBy(static entry => entry.Dashboard.Uid, StringComparer.Ordinal)];
        Folders = [.. folders.OrderBy(static folder => folder.Title, StringComparer.OrdinalIgnoreCase)];
        Errors = errors;
        Datasources = datasources;
    }

    /// <summary>Nothing.</summary>
    public static DashboardLibrary Empty { get; } = new([], [], [], DatasourceDirectory.Empty);

    /// <summary>By title.</summary>
    public IReadOnlyList<DashboardEntry> Entries { get; }

    /// <summary>By title.</summary>
    public IReadOnlyList<DashboardFolder> Folders { get; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<LibraryError> Errors { get; }

    /// <summary>What dashboards may name.</summary>
    public DatasourceDirectory Datasources { get; }

    /// <summary>By uid; null when there is none.</summary>
    public DashboardEntry? Find(string uid) => _byUid.GetValueOrDefault(uid);

    /// <summary>By uid; null when there is none.</summary>
    public DashboardFolder? FindFolder(string uid) => Folders.FirstOrDefault(folder => folder.Uid == uid);
}
