using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Json;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Reading;
using Pharos.Dashboards.Resolving;

namespace Pharos.Dashboards.Library;

/// <summary>Makes a library of files, saved dashboards and the built-in ones. Used once.</summary>
public sealed class LibraryBuilder
{
    private readonly DatasourceDirectory _datasources;
    private readonly Dictionary<string, DashboardEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DashboardFolder> _folders = new(StringComparer.Ordinal);
    private readonly List<LibraryError> _errors = [];

    /// <param name="datasources">What dashboards may name.</param>
    public LibraryBuilder(DatasourceDirectory datasources)
    {
        _datasources = datasources;
    }

    /// <summary>Adds what went wrong elsewhere.</summary>
    public void Add(LibraryError error) => _errors.Add(error);

    /// <summary>Adds a folder that somebody made.</summary>
    public void Add(DashboardFolder folder) => _folders[folder.Uid] = folder;

    /// <summary>Reads a file; what is wrong is listed. Of two with one uid the first counts.</summary>
    public void Add(DashboardFile file)
    {
        try
        {
            Dashboard dashboard = DashboardReader.Read(file.Json, _datasources);
            string uid = dashboard.Uid.Length > 0 ? dashboard.Uid : UidOf(file.Name);
            if (_entries.TryGetValue(uid, out DashboardEntry? first))
            {
                _errors.Add(new LibraryError(file.Name, $"its uid {uid} is that of {first.File}: each dashboard needs its own; this one is left out"));
                return;
            }

            _entries.Add(uid, new DashboardEntry
            {
                Dashboard = dashboard with { Uid = uid },
                Json = Bare(file.Json, uid),
                Origin = file.Origin,
                Folder = file.Folder,
                FolderUid = FolderOf(file),
                File = file.Name,
                Editable = file.AllowUpdates,
                Deletable = file.AllowDeletion,
                Version = Math.Max(dashboard.Version, 1),
                Updated = file.Modified,
            });
        }
        catch (DashboardException e)
        {
            _errors.Add(new LibraryError(file.Name, e.Message, e.Line, e.Column));
        }
    }

    /// <summary>Adds a saved dashboard; it comes behind the files. Where a file has its uid it counts only while the file is as it was at the saving.</summary>
    public void Add(SavedDashboard saved)
    {
        if (_entries.TryGetValue(saved.Uid, out DashboardEntry? file) && !(file.Editable && saved.FileHash == HashOf(file.Json.Span)))
        {
            return;
        }

        try
        {
            Dashboard dashboard = DashboardReader.Read(saved.Json, _datasources);
            _entries[saved.Uid] = new DashboardEntry
            {
                Dashboard = dashboard with { Uid = saved.Uid },
                Json = saved.Json,
                Origin = file is null ? DashboardOrigin.Saved : file.Origin,
                Folder = _folders.GetValueOrDefault(saved.FolderUid)?.Title ?? "",
                FolderUid = _folders.ContainsKey(saved.FolderUid) ? saved.FolderUid : "",
                File = file?.File ?? "",
                Editable = true,
                Deletable = file is null,
                Version = saved.Version,
                Updated = saved.Updated,
                UpdatedBy = saved.UpdatedBy,
            };
        }
        catch (DashboardException e)
        {
            _errors.Add(new LibraryError($"saved dashboard {saved.Uid}", e.Message, e.Line, e.Column));
        }
    }

    /// <summary>The library; with the built-in dashboards, but for those whose uid or title somebody has given to another.</summary>
    public DashboardLibrary Build()
    {
        Dashboard dashboard = DashboardReader.Read(BuiltInDashboards.SystemOverview, _datasources);
        if (!_entries.ContainsKey(dashboard.Uid) && !_entries.Values.Any(entry => entry.Dashboard.Title == dashboard.Title))
        {
            _entries.Add(dashboard.Uid, new DashboardEntry { Dashboard = dashboard, Json = BuiltInDashboards.SystemOverview, Origin = DashboardOrigin.BuiltIn });
        }

        return new DashboardLibrary([.. _entries.Values], [.. _folders.Values], _errors, _datasources);
    }

    /// <summary>A short identity of a text.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..32];

    /// <summary>The uid of a folder that is known by its title only.</summary>
    public static string FolderUidOf(string title) => title.Length == 0 ? "" : Slug.Of(title);

    private string FolderOf(DashboardFile file)
    {
        if (file.Folder.Length == 0)
        {
            return "";
        }

        string uid = file.FolderUid.Length > 0 ? file.FolderUid : FolderUidOf(file.Folder);
        _folders.TryAdd(uid, new DashboardFolder(uid, file.Folder, Provisioned: true));
        return uid;
    }

    // The same file has the same address after a restart.
    private static string UidOf(string name)
    {
        const int SlugLength = 24;
        const int HashLength = 8;
        string slug = Slug.Of(Path.GetFileNameWithoutExtension(name.TrimEnd(')')));
        return $"{slug[..Math.Min(slug.Length, SlugLength)]}-{HashOf(Encoding.UTF8.GetBytes(name))[..HashLength]}";
    }

    private static byte[] Bare(ReadOnlyMemory<byte> json, string uid)
    {
        JsonObject tree = DashboardEnvelope.Open(JsonTree.Parse(json));
        if (string.IsNullOrEmpty(tree.Text("uid")))
        {
            tree["uid"] = uid;
        }

        return JsonSerializer.SerializeToUtf8Bytes(tree);
    }
}
