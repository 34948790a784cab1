using Pharos.Config.Yaml;

namespace Pharos.Dashboards.Provisioning;

/// <summary>Finds the files within ConfigMaps of Kubernetes manifests, those of a <c>List</c> included. What the files are tells their content.</summary>
public static class ManifestReader
{
    private const int MaxFiles = 10_000;

    // Where sidecars of Grafana charts look for the folder.
    private static readonly string[] FolderAnnotations = ["grafana_folder", "k8s-sidecar-target-directory", "grafana-folder"];

    /// <summary>All files with text, in the order of the manifest.</summary>
    public static IReadOnlyList<ManifestFile> Read(IReadOnlyList<YamlNode> documents)
    {
        var files = new List<ManifestFile>();
        foreach (YamlNode document in documents)
        {
            Collect(document, files, depth: 0);
        }

        return files;
    }

    private static void Collect(YamlNode document, List<ManifestFile> files, int depth)
    {
        const int MaxDepth = 3;
        if (document.Kind != YamlKind.Mapping || depth > MaxDepth)
        {
            return;
        }

        if (document.Find("kind")?.Text is { } kind && kind.EndsWith("List", StringComparison.Ordinal))
        {
            foreach (YamlNode item in document.Find("items")?.Items ?? [])
            {
                Collect(item, files, depth + 1);
            }

            return;
        }

        if (document.Find("kind")?.Text != "ConfigMap")
        {
            return;
        }

        YamlNode? metadata = document.Find("metadata");
        string name = metadata?.Find("name")?.Text ?? "";
        string folder = FolderAnnotations.Select(key => metadata?.Find("annotations")?.Find(key)?.Text).FirstOrDefault(static text => !string.IsNullOrEmpty(text)) ?? "";
        foreach (YamlEntry entry in document.Find("data")?.Entries ?? [])
        {
            if (files.Count < MaxFiles && entry.Value.Kind == YamlKind.Scalar && entry.Value.Text.Length > 0)
            {
                files.Add(new ManifestFile(name, entry.Key.Text, entry.Value.Text, Path.GetFileName(folder.TrimEnd('/'))));
            }
        }
    }
}
