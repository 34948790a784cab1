using Pharos.Config.Yaml;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Library;

namespace Pharos.Dashboards.Provisioning;

/// <summary>
/// Reads Grafana's provisioning files, leniently as Grafana does: keys that mean nothing here are left alone. Credentials are never looked at.
/// </summary>
public static class ProvisioningReader
{
    private const int MaxEntries = 1_000;

    // By these names a Prometheus is reached that Pharos stands in for.
    private static readonly string[] OwnHosts =
        ["localhost", "127.0.0.1", "[::1]", "prometheus", "prometheus-server", "prometheus-service", "prometheus-operated", "prometheus-k8s", "pharos", "host.docker.internal", "kube-prometheus-stack-prometheus", "monitoring-kube-prometheus-prometheus"];

    /// <summary>The data sources of a file <c>datasources: …</c>.</summary>
    /// <param name="root">The document.</param>
    /// <param name="file">Its file.</param>
    /// <param name="isOwnUrl">Whether a URL leads to this server.</param>
    public static IReadOnlyList<Datasource> ReadDatasources(YamlNode root, string file, Func<Uri, bool> isOwnUrl) =>
        [.. (root.Find("datasources")?.Items ?? []).Where(static item => item.Kind == YamlKind.Mapping).Take(MaxEntries).Select(item => ReadDatasource(item, file, isOwnUrl))];

    /// <summary>The providers of a file <c>providers: …</c>; those of other types than files are errors.</summary>
    public static IReadOnlyList<DashboardProvider> ReadProviders(YamlNode root, string file, ICollection<LibraryError> errors)
    {
        var providers = new List<DashboardProvider>();
        foreach (YamlNode item in (root.Find("providers")?.Items ?? []).Where(static item => item.Kind == YamlKind.Mapping).Take(MaxEntries))
        {
            string path = Text(item.Find("options"), "path");
            string type = Text(item, "type");
            if (type is not ("" or "file"))
            {
                errors.Add(new LibraryError(file, $"the provider {Text(item, "name")} has the type {type}: expected file", item.Position.Line, item.Position.Column));
            }
            else if (path.Length == 0)
            {
                errors.Add(new LibraryError(file, $"the provider {Text(item, "name")} has no options.path", item.Position.Line, item.Position.Column));
            }
            else
            {
                providers.Add(new DashboardProvider(
                    Text(item, "name"),
                    path,
                    Text(item, "folder"),
                    Text(item, "folderUid"),
                    Flag(item.Find("options"), "foldersFromFilesStructure"),
                    Flag(item, "disableDeletion"),
                    Flag(item, "allowUiUpdates"),
                    file));
            }
        }

        return providers;
    }

    /// <summary>Whether a Prometheus of this address is what Pharos stands in for: then the built-in store answers, and nothing is sent.</summary>
    public static bool IsOwnAddress(string url, Func<Uri, bool> isOwnUrl)
    {
        if (url.Length == 0 || url.Contains('$', StringComparison.Ordinal))
        {
            return true;
        }

        if (!Uri.TryCreate(url.Contains("://", StringComparison.Ordinal) ? url : $"http://{url}", UriKind.Absolute, out Uri? uri))
        {
            return false;
        }

        // prometheus.monitoring.svc.cluster.local is prometheus too.
        string host = uri.Host.ToLowerInvariant();
        string service = host.Contains(".svc", StringComparison.Ordinal) || !host.Contains('.', StringComparison.Ordinal) ? host.Split('.')[0] : host;
        return isOwnUrl(uri) || OwnHosts.Contains(service, StringComparer.Ordinal) || OwnHosts.Contains(host, StringComparer.Ordinal);
    }

    private static Datasource ReadDatasource(YamlNode item, string file, Func<Uri, bool> isOwnUrl)
    {
        string name = Text(item, "name");
        string type = Text(item, "type");
        string url = Text(item, "url");
        string uid = Text(item, "uid");
        return new Datasource(
            uid.Length > 0 ? uid : name,
            name,
            type,
            url,
            Reading.DatasourceScope.IsPrometheus(type) && IsOwnAddress(url, isOwnUrl))
        {
            IsDefault = Flag(item, "isDefault"),
            TimeInterval = Text(item.Find("jsonData"), "timeInterval"),
            File = file,
        };
    }

    private static string Text(YamlNode? map, string key) => map?.Find(key) is { Kind: YamlKind.Scalar, IsNull: false } value ? value.Text : "";

    private static bool Flag(YamlNode? map, string key) => Text(map, key) is "true" or "True" or "TRUE" or "yes" or "on";
}
