using System.Text;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Matchers;
using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Alerting.Tests.Configuration;

/// <summary>Reads texts of <c>alertmanager.yml</c>.</summary>
internal static class ReadFile
{
    /// <summary>The configuration and what was found.</summary>
    public static (AlertmanagerFile File, ConfigDiagnostics Found) Any(string text, MatcherMode mode = MatcherMode.Fallback)
    {
        var diagnostics = new ConfigDiagnostics("/etc/pharos/alertmanager.yml");
        YamlNode? root = YamlParser.Single(YamlParser.ParseBytes(Encoding.UTF8.GetBytes(text), diagnostics), diagnostics);
        return (AlertmanagerFileReader.Read(root, diagnostics, new Pharos.Alerting.Configuration.AlertmanagerOptions(mode)), diagnostics);
    }

    /// <summary>A configuration that must load.</summary>
    public static AlertmanagerFile Good(string text)
    {
        (AlertmanagerFile file, ConfigDiagnostics found) = Any(text);
        Assert.Empty(found.SortedErrors());
        return file;
    }

    /// <summary>The errors of one that must not, as <c>line:column: message</c>.</summary>
    public static IReadOnlyList<string> Errors(string text) => [.. Any(text).Found.SortedErrors().Select(static e => $"{e.Line}:{e.Column}: {e.Message}")];

    /// <summary>A configuration with one receiver that has one integration.</summary>
    public static string With(string integration, string global = "") =>
        $"global:\n  resolve_timeout: 5m\n{global}\nroute:\n  receiver: r\nreceivers:\n- name: r\n{string.Concat(integration.Split('\n').Select(static l => $"  {l}\n"))}";
}
