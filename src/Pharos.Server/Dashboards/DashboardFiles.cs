using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Library;
using Pharos.Dashboards.Provisioning;
using Pharos.Server.Configuration.Files;

namespace Pharos.Server.Dashboards;

/// <summary>Brings together what the files of all folders say: providers give folders and rights to the dashboards below their paths. Used from one thread at a time.</summary>
internal sealed class DashboardFiles
{
    private static readonly string[] FoldersOfNoMeaning = ["", "dashboards", "dashboard", "grafana", "provisioning", "monitoring"];

    private readonly IReadOnlyList<string> _roots;
    private readonly Func<Uri, bool> _isOwnUrl;
    private readonly FileScan _scan = new();
    private IReadOnlyList<FoundFile> _lastFiles = [];
    private FoundDashboards? _last;

    /// <param name="roots">The folder that is served, and that of <c>GF_PATHS_PROVISIONING</c>.</param>
    /// <param name="isOwnUrl">Whether a URL leads to this server.</param>
    public DashboardFiles(IReadOnlyList<string> roots, Func<Uri, bool> isOwnUrl)
    {
        // A provider may name a folder below one of them by its whole path: the same file has one name.
        _roots = [.. roots.Select(Path.GetFullPath)];
        _isOwnUrl = isOwnUrl;
    }

    /// <summary>Looks at everything; what did not change is not read again.</summary>
    public FoundDashboards Read()
    {
        _scan.Begin();
        var seen = new List<FoundFile>();
        List<(string Root, FoundFile File)> found = [.. _roots.SelectMany(root => _scan.Scan(root).Select(file => (root, file))).DistinctBy(static f => f.file.Name)];
        var errors = new List<LibraryError>(found.Select(static f => f.File.Error).OfType<LibraryError>());
        List<Datasource> datasources = [.. found.Where(static f => f.File.Kind == ConfigFileKind.Datasources).SelectMany(f => ProvisioningReader.ReadDatasources(f.File.Root!, f.File.Name, _isOwnUrl))];
        var provided = new Dictionary<string, DashboardFile>(StringComparer.Ordinal);
        foreach ((string root, FoundFile file) in found.Where(static f => f.File.Kind == ConfigFileKind.DashboardProviders))
        {
            foreach (DashboardProvider provider in ProvisioningReader.ReadProviders(file.Root!, file.Name, errors))
            {
                Provide(provider, root, file, provided, seen, errors);
            }
        }

        List<DashboardFile> dashboards = [.. provided.Values];
        dashboards.AddRange(found.Where(f => f.File.Kind == ConfigFileKind.Dashboard && !provided.ContainsKey(f.File.Name)).Select(static f => Plain(f.Root, f.File)));
        _scan.End();
        seen.AddRange(found.Select(static f => f.File));

        // The scan gives the same object for a file that did not change. Errors of folders that are not there may come and go without one.
        if (_last is null || !seen.SequenceEqual(_lastFiles, ReferenceEqualityComparer.Instance) || !errors.SequenceEqual(_last.Errors))
        {
            _lastFiles = seen;
            _last = new FoundDashboards(new DatasourceDirectory(datasources), dashboards, errors);
        }

        return _last;
    }

    private void Provide(DashboardProvider provider, string root, FoundFile file, Dictionary<string, DashboardFile> into, List<FoundFile> seen, List<LibraryError> errors)
    {
        if (FindFolder(provider.Path, root, Path.GetDirectoryName(file.Path) ?? root) is not { } folder)
        {
            // In a manifest the path is one of the container: its dashboards are in ConfigMaps beside it.
            if (!file.IsInManifest)
            {
                errors.Add(new LibraryError(file.Name, $"the provider {provider.Name} names the folder {provider.Path}, which is not there"));
            }

            return;
        }

        foreach (FoundFile dashboard in _scan.Scan(folder).Where(static f => f.Kind == ConfigFileKind.Dashboard))
        {
            seen.Add(dashboard);
            string below = Path.GetRelativePath(folder, Path.GetDirectoryName(dashboard.Path) ?? folder);
            string title = provider.FoldersFromFiles ? below == "." ? "" : Path.GetFileName(below) : provider.Folder;
            into.TryAdd(dashboard.Name, new DashboardFile(dashboard.Name, dashboard.Json, DashboardOrigin.Provisioned, dashboard.Folder.Length > 0 ? dashboard.Folder : title, dashboard.Modified)
            {
                FolderUid = provider.FoldersFromFiles ? "" : provider.FolderUid,
                AllowUpdates = provider.AllowUpdates,
                AllowDeletion = provider.AllowUpdates && !provider.DisableDeletion,
            });
        }
    }

    // As written; else, since the path is often one of a container, its end below the folder that is served or beside the provisioning file.
    private static string? FindFolder(string path, string root, string beside)
    {
        if (Path.IsPathRooted(path) && Directory.Exists(path))
        {
            return Path.GetFullPath(path);
        }

        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int start = 0; start < parts.Length; start++)
        {
            string end = Path.Combine(parts[start..]);
            foreach (string from in new[] { beside, root, Path.GetDirectoryName(root) ?? root })
            {
                string candidate = Path.GetFullPath(Path.Combine(from, end));
                if (Directory.Exists(candidate))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private static DashboardFile Plain(string root, FoundFile file)
    {
        string directory = Path.GetFileName(Path.GetRelativePath(root, Path.GetDirectoryName(file.Path) ?? root)).Trim('.');
        string title = file.Folder.Length > 0 ? file.Folder : file.IsInManifest || FoldersOfNoMeaning.Contains(directory, StringComparer.OrdinalIgnoreCase) ? "" : directory;
        return new DashboardFile(file.Name, file.Json, file.IsInManifest ? DashboardOrigin.Provisioned : DashboardOrigin.File, title, file.Modified);
    }
}
