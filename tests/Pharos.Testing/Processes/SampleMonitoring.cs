namespace Pharos.Testing.Processes;

/// <summary>A copy of <c>samples/EndpointStats/monitoring</c> with the addresses of a test and, so that nobody waits for minutes, shorter times.</summary>
public static class SampleMonitoring
{
    private static readonly (string File, string From, string To)[] Shorter =
    [
        ("prometheus.yml", "scrape_interval: 5s", "scrape_interval: 1s"),
        ("prometheus.yml", "scrape_timeout: 4s", "scrape_timeout: 1s"),
        ("prometheus.yml", "evaluation_interval: 5s", "evaluation_interval: 1s"),
        ("rules/alerts.yml", "for: 1m", "for: 4s"),
        ("rules/alerts.yml", "for: 2m", "for: 2s"),
        ("alertmanager.yml", "group_wait: 10s", "group_wait: 1s"),
        ("alertmanager.yml", "group_interval: 1m", "group_interval: 2s"),
    ];

    public static string Source => Path.Combine(Repository.Root, "samples", "EndpointStats", "monitoring");

    /// <summary>Makes the copy.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="application">The port of the application.</param>
    /// <param name="sink">The port of the receiver of its alerts.</param>
    /// <param name="nodeExporter">The port of a node exporter; null: Pharos measures the host itself.</param>
    /// <param name="pharos">The port of Pharos.</param>
    /// <returns>The path of the copy.</returns>
    public static string Copy(TempFolder folder, int application, int sink, int? nodeExporter, int pharos)
    {
        foreach (string path in Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(Source, path);
            if (!relative.StartsWith("local", StringComparison.Ordinal))
            {
                folder.Write(Path.Combine("monitoring", relative), File.ReadAllText(path));
            }
        }

        foreach ((string file, string from, string to) in Shorter)
        {
            Replace(folder, file, from, to);
        }

        if (nodeExporter is not null)
        {
            Replace(folder, "prometheus.yml", "  metrics_path: /metrics/host\n", "");
        }

        folder.Write("monitoring/local/endpoint-stats.json", $"[{{\"targets\": [\"127.0.0.1:{application}\"]}}]\n");
        folder.Write("monitoring/local/pharos.json", $"[{{\"targets\": [\"127.0.0.1:{pharos}\"]}}]\n");
        folder.Write("monitoring/local/node.json", $"[{{\"targets\": [\"127.0.0.1:{nodeExporter ?? pharos}\"]}}]\n");
        folder.Write("monitoring/local/slack-url", $"http://127.0.0.1:{sink}/slack\n");
        return folder.File("monitoring");
    }

    private static void Replace(TempFolder folder, string file, string from, string to)
    {
        string path = Path.Combine("monitoring", file);
        string text = File.ReadAllText(folder.File(path));
        string replaced = text.Replace(from, to, StringComparison.Ordinal);
        if (replaced == text)
        {
            throw new InvalidOperationException($"{file} of the sample has no longer \"{from}\"");
        }

        folder.Write(path, replaced);
    }
}
