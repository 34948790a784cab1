using System.Text;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Dashboards;
using Pharos.Dashboards.Library;
using Pharos.Dashboards.Provisioning;
using Pharos.Server.Configuration.Files;

namespace Pharos.Server.Dashboards;

/// <summary>
/// Finds the dashboards and provisioning files of folders, by their content. A file is read again only when its size or time has changed. Used from one thread at a time.
/// </summary>
internal sealed class FileScan
{
    private readonly Dictionary<string, (long Length, DateTime Written, IReadOnlyList<FoundFile> Found)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Begins a round: afterwards <see cref="End"/> forgets what was not seen in it.</summary>
    public void Begin() => _seen.Clear();

    /// <summary>Forgets files that are gone.</summary>
    public void End()
    {
        foreach (string gone in _known.Keys.Where(path => !_seen.Contains(path)).ToList())
        {
            _known.Remove(gone);
        }
    }

    /// <summary>
    /// Everything in a folder and below, by path: of what <see cref="FolderFiles"/> finds, JSON and YAML. A folder that cannot be read or is too large gives
    /// what it can; the configuration's own check names it.
    /// </summary>
    public IReadOnlyList<FoundFile> Scan(string folder) =>
        [.. FolderFiles.Find(folder, static name => Path.GetExtension(name).ToLowerInvariant() is ".json" or ".yaml" or ".yml").SelectMany(Look)];

    private IReadOnlyList<FoundFile> Look(string path)
    {
        try
        {
            var info = new FileInfo(path);
            FileInfo target = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
            _seen.Add(path);
            if (_known.TryGetValue(path, out (long Length, DateTime Written, IReadOnlyList<FoundFile> Found) known) && known.Length == target.Length && known.Written == target.LastWriteTimeUtc)
            {
                return known.Found;
            }

            IReadOnlyList<FoundFile> found = target.Length == 0 ? [] : Read(path, target);
            _known[path] = (target.Length, target.LastWriteTimeUtc, found);
            return found;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [Broken(path, path, new LibraryError(path, BoundedFile.Describe(e, path)))];
        }
    }

    private static List<FoundFile> Read(string path, FileInfo target)
    {
        byte[]? content = BoundedFile.Read(path, DashboardLimits.MaxBytes);
        if (content is null)
        {
            // Too large for a dashboard; configuration of that size is the business of its own reader.
            return Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)
                ? [Broken(path, path, new LibraryError(path, $"the file has more than {DashboardLimits.MaxBytes} bytes"))]
                : [];
        }

        IReadOnlyList<YamlNode>? documents = Parse(content, path);
        if (documents is not null && ConfigFileRecogniser.Recognise(documents) == ConfigFileKind.Manifest && !IsGrafanaResource(documents))
        {
            return [.. ManifestReader.Read(documents).SelectMany(file => OfManifest(file, path, target))];
        }

        return Judge(path, path, content, documents, target.LastWriteTimeUtc) is { } found ? [found] : [];
    }

    private static IEnumerable<FoundFile> OfManifest(ManifestFile file, string path, FileInfo target)
    {
        string name = $"{path} (ConfigMap {file.ConfigMap}, {file.Key})";
        byte[] content = Encoding.UTF8.GetBytes(file.Text);
        if (Judge(name, path, content, Parse(content, name), target.LastWriteTimeUtc) is { } found)
        {
            yield return found with { Folder = file.Folder, IsInManifest = true };
        }
    }

    private static FoundFile? Judge(string name, string path, byte[] content, IReadOnlyList<YamlNode>? documents, DateTime written)
    {
        ConfigFileKind kind = documents is null
            ? LooksLikeDashboard(content) ? ConfigFileKind.Dashboard : ConfigFileKind.None
            : IsGrafanaResource(documents) ? ConfigFileKind.Dashboard : ConfigFileRecogniser.Recognise(documents);
        var found = new FoundFile(name, path, kind) { Modified = written };
        return kind switch
        {
            ConfigFileKind.Dashboard => found with { Json = content },
            ConfigFileKind.Datasources or ConfigFileKind.DashboardProviders => found with { Root = documents!.First(static d => !d.IsNull) },
            _ => null,
        };
    }

    // Broken JSON is shown as a broken dashboard when it was meant as one.
    internal static bool LooksLikeDashboard(ReadOnlySpan<byte> content) =>
        JsonParser.LooksLikeJson(content) && (content.IndexOf("\"panels\""u8) >= 0 || content.IndexOf("\"schemaVersion\""u8) >= 0);

    // Dashboards as Grafana's newer API has them look like manifests.
    private static bool IsGrafanaResource(IReadOnlyList<YamlNode> documents) =>
        documents.Count == 1 && documents[0].Find("apiVersion")?.Text.StartsWith("dashboard.grafana.app/", StringComparison.Ordinal) == true;

    private static IReadOnlyList<YamlNode>? Parse(byte[] content, string name)
    {
        var diagnostics = new ConfigDiagnostics(name);
        if (!JsonParser.LooksLikeJson(content))
        {
            return YamlParser.ParseBytes(content, diagnostics);
        }

        return JsonParser.Parse(content, diagnostics) is { } json ? [json] : null;
    }

    private static FoundFile Broken(string name, string path, LibraryError error) => new(name, path, ConfigFileKind.Unreadable) { Error = error };
}
