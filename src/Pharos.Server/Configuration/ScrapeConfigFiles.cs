using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Scrape.Configuration;

namespace Pharos.Server.Configuration;

/// <summary>Reads the files that <c>scrape_config_files</c> names.</summary>
internal static class ScrapeConfigFiles
{
    /// <summary>The jobs of all files. What is wrong with a file is said at its place in that file.</summary>
    public static IReadOnlyList<ScrapeConfig> Read(YamlMapping map, PrometheusConfig config)
    {
        var jobs = new List<ScrapeConfig>();
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ScrapeConfig job in config.ScrapeConfigs)
        {
            owners[job.JobName] = "main config file";
        }

        foreach (string pattern in config.ScrapeConfigFiles)
        {
            IReadOnlyList<string> files = PathGlob.Expand(pattern);
            if (files.Count == 0)
            {
                map.Warn("scrape_config_files", $"scrape_config_files: no file matches {pattern}");
            }

            foreach (string file in files)
            {
                var diagnostics = new ConfigDiagnostics(file);
                jobs.AddRange(ReadFile(file, diagnostics, config.Global.Scrape, owners));
                map.Diagnostics.Include(diagnostics);
            }
        }

        return jobs;
    }

    private static IReadOnlyList<ScrapeConfig> ReadFile(string file, ConfigDiagnostics diagnostics, ScrapeDefaults defaults, Dictionary<string, string> owners)
    {
        YamlNode? document = YamlParser.Single(YamlParser.ParseFile(file, diagnostics), diagnostics);
        if (document is null)
        {
            return [];
        }

        IReadOnlyList<ScrapeConfig> jobs = YamlMapping.Read(document, "config.ScrapeConfigs", document.Position, diagnostics, map => map.ReadScrapeConfigs(defaults), out _) ?? [];
        foreach (YamlNode entry in document.Find("scrape_configs")?.Items ?? [])
        {
            if (entry.Find("job_name") is not { Kind: YamlKind.Scalar, Text.Length: > 0 } name)
            {
                continue;
            }

            if (owners.TryGetValue(name.Text, out string? owner))
            {
                diagnostics.Error(name.Position, $"found multiple scrape configs with job name {ConfigText.Quote(name.Text)}, first found in {owner}", name.Text, "each name once");
            }
            else
            {
                owners.Add(name.Text, ConfigText.Quote(Path.GetFullPath(file)));
            }
        }

        return jobs;
    }
}
