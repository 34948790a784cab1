using Pharos.Access.WebConfig;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Templates;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Rules.Files;
using Pharos.Server.Dashboards;

namespace Pharos.Server.Configuration.Files;

/// <summary>Recognises files and checks those whose kind is known. Stateless, usable from any thread.</summary>
internal sealed class ConfigFileChecker(PrometheusConfigOptions options)
{
    // More is no configuration of any kind known here.
    private const long MaxBytes = 64 << 20;

    private static readonly string[] TextEndings = [".yml", ".yaml", ".json"];

    /// <summary>Looks at one file. What is wrong stands in the result; only what cannot be opened at all is an error of another sort, and that too stands there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isNamed">Somebody named this very file: then it is read even when it is a pipe. Found in a folder, it is not: that might wait for ever.</param>
    public ConfigFile Check(string path, bool isNamed = false)
    {
        var diagnostics = new ConfigDiagnostics(path);
        byte[]? content = Open(path, isNamed, diagnostics);
        if (content is null)
        {
            return new ConfigFile(path, ConfigFileKind.Unreadable) { Errors = diagnostics.Errors };
        }

        IReadOnlyList<YamlNode>? documents = content.Length == 0 ? [] : Parse(content, diagnostics);
        if (documents is null && FileScan.LooksLikeDashboard(content))
        {
            return new ConfigFile(path, ConfigFileKind.Dashboard) { Errors = diagnostics.Errors };
        }

        if (documents is null)
        {
            bool isMeant = TextEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) || ConfigFileRecogniser.LooksIntended(content);
            return isMeant ? new ConfigFile(path, ConfigFileKind.Unreadable) { Errors = diagnostics.Errors } : new ConfigFile(path, ConfigFileKind.None);
        }

        ConfigFile file = Judge(path, ConfigFileRecogniser.Recognise(documents), documents, content, diagnostics);
        WarnOfMissingFiles(diagnostics);
        return file with { Errors = diagnostics.SortedErrors(), Warnings = diagnostics.Warnings };
    }

    // Empty where the file has nothing or too much to be configuration.
    private static byte[]? Open(string path, bool isNamed, ConfigDiagnostics diagnostics)
    {
        try
        {
            // Pipes and devices have no length.
            return new FileInfo(path).Length == 0 && !isNamed ? [] : BoundedFile.Read(path, MaxBytes) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Error(TextPosition.None, BoundedFile.Describe(e, path));
            return null;
        }
    }

    private static IReadOnlyList<YamlNode>? Parse(byte[] content, ConfigDiagnostics diagnostics)
    {
        if (!JsonParser.LooksLikeJson(content))
        {
            return YamlParser.ParseBytes(content, diagnostics);
        }

        // A flow mapping of YAML may begin like JSON: it is only then an error when it is neither.
        var strict = new ConfigDiagnostics(diagnostics.File);
        if (JsonParser.Parse(content, strict) is { } json)
        {
            return [json];
        }

        IReadOnlyList<YamlNode>? yaml = YamlParser.ParseBytes(content, new ConfigDiagnostics(diagnostics.File));
        if (yaml is null)
        {
            diagnostics.Include(strict);
        }

        return yaml;
    }

    private ConfigFile Judge(string path, ConfigFileKind kind, IReadOnlyList<YamlNode> documents, byte[] content, ConfigDiagnostics diagnostics)
    {
        var file = new ConfigFile(path, kind);
        switch (kind)
        {
            case ConfigFileKind.Prometheus:
                PrometheusConfig config = PrometheusConfigReader.Read(YamlParser.Single(documents, diagnostics), diagnostics, options);
                return file with
                {
                    Content = $"{Plural(config.ScrapeConfigs.Count, "scrape job")}, {Plural(config.RuleFiles.Count, "rule file pattern")}",
                    ScrapeConfigFiles = [.. config.ScrapeConfigFiles.SelectMany(PathGlob.Expand)],
                    RulePatterns = config.RuleFiles,
                };
            case ConfigFileKind.Rules:
                RuleFile rules = RuleFileReader.Read(documents, diagnostics, new RuleFileOptions());
                return file with { Content = $"{Plural(rules.Groups.Count, "group")}, {Plural(rules.RuleCount, "rule")}" };
            case ConfigFileKind.Targets:
                return file with { Content = Plural(TargetFileCheck.Check(documents[0], diagnostics), "target") };
            case ConfigFileKind.WebConfig:
                CheckWebConfig(path, diagnostics);
                return file;
            case ConfigFileKind.Alertmanager:
                return file with { Content = CheckAlertmanager(AlertmanagerFileReader.Read(YamlParser.Single(documents, diagnostics), diagnostics), diagnostics) };
            case ConfigFileKind.Dashboard:
                return file with { Content = DashboardFileCheck.Check(content, diagnostics) };
            case ConfigFileKind.Manifest:
                return file with { Content = string.Join(", ", documents.Select(static d => d.Find("kind")?.Text).OfType<string>().Distinct(StringComparer.Ordinal)) };
            default:
                return file;
        }
    }

    // Its template files are read with it, as upstream's check does.
    private static string CheckAlertmanager(AlertmanagerFile file, ConfigDiagnostics diagnostics)
    {
        diagnostics.Include(NotificationTemplates.Check(file.Templates));
        foreach (string pattern in file.Templates.Where(static p => PathGlob.Expand(p).Count == 0))
        {
            diagnostics.Warn(TextPosition.None, $"templates: no file on this machine matches {pattern}");
        }

        return $"{Plural(file.Receivers.Count, "receiver")}, {Plural(file.InhibitRules.Count, "inhibit rule")}";
    }

    private static void CheckWebConfig(string path, ConfigDiagnostics diagnostics)
    {
        try
        {
            foreach (ConfigWarning warning in WebConfigFile.Load(path).Warnings)
            {
                diagnostics.Warn(new TextPosition(warning.Line, warning.Column), warning.Message);
            }
        }
        catch (ConfigException e)
        {
            diagnostics.Include(e.Errors);
        }
    }

    private static void WarnOfMissingFiles(ConfigDiagnostics diagnostics)
    {
        foreach ((TextPosition position, string needed) in diagnostics.NeededFiles)
        {
            if (!File.Exists(needed))
            {
                diagnostics.Warn(position, $"no such file on this machine: {needed}");
            }
        }
    }

    private static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
