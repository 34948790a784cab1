using System.Text.RegularExpressions;
using Pharos.Alerting.Forwarding;
using Pharos.Config;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;
using Pharos.Remote.Configuration;
using Pharos.Scrape.Configuration;

namespace Pharos.Server.Configuration;

/// <summary>Reads <c>prometheus.yml</c> and the files that it names for jobs. Stateless, usable from any thread.</summary>
public static partial class PrometheusConfigReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigException">The file, or one that it names, is refused; holds everything that is wrong.</exception>
    public static PrometheusConfig Load(string path, PrometheusConfigOptions? options = null)
    {
        var diagnostics = new ConfigDiagnostics(path);
        return Finish(YamlParser.ParseFile(path, diagnostics), diagnostics, options ?? new PrometheusConfigOptions());
    }

    /// <summary>Reads a text as if it stood in a file.</summary>
    /// <exception cref="ConfigException">It is refused; holds everything that is wrong.</exception>
    public static PrometheusConfig Parse(string text, string path, PrometheusConfigOptions? options = null)
    {
        var diagnostics = new ConfigDiagnostics(path);
        return Finish(YamlParser.ParseText(text, diagnostics), diagnostics, options ?? new PrometheusConfigOptions());
    }

    /// <summary>Reads a document that is parsed already; errors and warnings go to the diagnostics.</summary>
    internal static PrometheusConfig Read(YamlNode? document, ConfigDiagnostics diagnostics, PrometheusConfigOptions options)
    {
        CanonicalMapping canonical = new();
        PrometheusConfig? config = document is null
            ? null
            : YamlMapping.Read(document, "config.plain", new TextPosition(1, 1), diagnostics, map => ReadRoot(map, options), out canonical);
        config ??= new PrometheusConfig();
        return config with
        {
            Warnings = diagnostics.Warnings,
            CanonicalText = CanonicalWriter.Write(canonical),
            Fingerprint = CanonicalFingerprint.Of(canonical),
        };
    }

    private static PrometheusConfig Finish(IReadOnlyList<YamlNode>? documents, ConfigDiagnostics diagnostics, PrometheusConfigOptions options)
    {
        PrometheusConfig config = Read(YamlParser.Single(documents, diagnostics), diagnostics, options);
        diagnostics.ThrowIfErrors();
        return config;
    }

    private static PrometheusConfig ReadRoot(YamlMapping map, PrometheusConfigOptions options)
    {
        GlobalConfig global = map.Section("global", "config.plain", section => GlobalConfigReader.Read(section, options.Environment), static () => new GlobalConfig());
        NameValidation validation = global.Scrape.NameValidation;
        var config = new PrometheusConfig
        {
            Global = global,
            Runtime = map.Section("runtime", "config.RuntimeConfig", section => RuntimeConfig.Read(section, options.Environment), static () => new RuntimeConfig(75)),
            Alerting = map.Section("alerting", "config.plain", section => AlertingConfig.Read(section, validation), static () => new AlertingConfig()),
            RuleFiles = ReadPatterns(map, "rule_files", "invalid rule file path"),
            ScrapeConfigFiles = ReadPatterns(map, "scrape_config_files", "invalid scrape config file path"),
            ScrapeConfigs = map.ReadScrapeConfigs(global.Scrape),
            Storage = map.Section("storage", "config.StorageConfig", StorageConfig.Read, static () => new StorageConfig()),
            Tracing = map.OptionalSection("tracing", "config.plain", TracingConfig.Read),
            RemoteWrite = map.Sections("remote_write", "config.plain", entry => RemoteWriteConfig.Read(entry, validation), "empty or null remote write config section"),
            RemoteRead = map.Sections("remote_read", "config.plain", RemoteReadConfig.Read, "empty or null remote read config section"),
            Otlp = map.Section("otlp", "config.plain", section => OtlpConfig.Read(section, validation), static () => new OtlpConfig()),
        };
        RulePatternHints.Warn(map);
        RefuseDuplicates(map, "scrape_configs", "job_name", "found multiple scrape configs with job name");
        RefuseDuplicates(map, "remote_write", "name", "found multiple remote write configs with job name");
        RefuseDuplicates(map, "remote_read", "name", "found multiple remote read configs with job name");
        if (options.AgentMode)
        {
            RefuseInAgentMode(map, config);
        }

        return config with { ScrapeConfigs = [.. config.ScrapeConfigs, .. ScrapeConfigFiles.Read(map, config)] };
    }

    private static IReadOnlyList<string> ReadPatterns(YamlMapping map, string key, string message)
    {
        foreach (YamlNode pattern in map.Take(key)?.Items ?? [])
        {
            if (pattern.Kind == YamlKind.Scalar && !PathPattern().IsMatch(pattern.Text))
            {
                map.Diagnostics.Error(pattern.Position, $"{message} {ConfigText.Quote(pattern.Text)}", pattern.Text, "a path with at most one *, in its last part");
            }
        }

        return map.Paths(key);
    }

    // Names are compared where they stand, so that the second one is what the message points at.
    private static void RefuseDuplicates(YamlMapping map, string list, string field, string message)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (YamlNode entry in map.Take(list)?.Items ?? [])
        {
            YamlNode? name = entry.Find(field);
            if (name is { Kind: YamlKind.Scalar } && name.Text.Length > 0 && !seen.Add(name.Text))
            {
                map.Diagnostics.Error(name.Position, $"{message} {ConfigText.Quote(name.Text)}", name.Text, "each name once");
            }
        }
    }

    private static void RefuseInAgentMode(YamlMapping map, PrometheusConfig config)
    {
        if (!config.Alerting.IsEmpty)
        {
            map.Refuse("alerting", "field alerting is not allowed in agent mode");
        }

        if (config.RuleFiles.Count > 0)
        {
            map.Refuse("rule_files", "field rule_files is not allowed in agent mode");
        }

        if (config.RemoteRead.Count > 0)
        {
            map.Refuse("remote_read", "field remote_read is not allowed in agent mode");
        }
    }

    [GeneratedRegex(@"\A[^*]*(\*[^/]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();
}
