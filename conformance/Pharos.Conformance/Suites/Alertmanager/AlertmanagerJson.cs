using System.Text;
using System.Text.Json;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Matchers;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>What the files of the area have in common.</summary>
internal static class AlertmanagerJson
{
    public const string Area = "alertmanager";

    /// <summary>A text that may stand as bytes.</summary>
    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("$base64", out JsonElement bytes)
        ? ConfigText.FromBytes(bytes.GetBytesFromBase64())
        : value.GetString() ?? "";

    /// <summary>A field's text; null where it is absent or null.</summary>
    public static string? OptionalText(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? Text(value) : null;

    /// <summary>A label set; empty ones stand as lists.</summary>
    public static Labels Labels(JsonElement value) => value.ValueKind != JsonValueKind.Object
        ? Core.Labels.Labels.Empty
        : Core.Labels.Labels.Of([.. value.EnumerateObject().Select(static p => new Label(p.Name, p.Value.GetString()!))]);

    /// <summary>Reads a configuration.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="path">The file.</param>
    /// <param name="mode">Upstream's tests of configurations run in the classic mode, which the program itself has only when it is asked for.</param>
    /// <returns>The file and what is wrong with it, in its order.</returns>
    public static (AlertmanagerFile File, IReadOnlyList<ConfigError> Errors) Load(string text, string path = "alertmanager.yml", MatcherMode mode = MatcherMode.Classic)
    {
        var diagnostics = new ConfigDiagnostics(path);
        IReadOnlyList<YamlNode>? documents = YamlParser.ParseBytes(Encoding.UTF8.GetBytes(text), diagnostics);
        AlertmanagerFile file = documents is null ? AlertmanagerFile.BuiltIn : AlertmanagerFileReader.Read(YamlParser.Single(documents, diagnostics), diagnostics, new AlertmanagerOptions(mode));
        return (file, diagnostics.SortedErrors());
    }

    /// <summary>Passes when a configuration loads, or is refused with a message, as the case wants it.</summary>
    /// <param name="report">Takes the outcome.</param>
    /// <param name="name">The case.</param>
    /// <param name="errors">What is wrong with the configuration.</param>
    /// <param name="isRight">It must load.</param>
    /// <param name="message">What one of the errors must say, whole or in part, with the line before it where upstream gives one.</param>
    public static void Judge(CaseReporter report, string name, IReadOnlyList<ConfigError> errors, bool isRight, string? message)
    {
        string wanted = message?.Replace("yaml: unmarshal errors:\n  ", "", StringComparison.Ordinal) ?? "";
        bool isAsWanted = isRight ? errors.Count == 0 : errors.Any(e => $"line {e.Line}: {e.Message}".Contains(wanted, StringComparison.Ordinal));
        if (isAsWanted)
        {
            report.Pass(name);
        }
        else
        {
            report.Fail(name, $"expected {(isRight ? "success" : message)} but got {(errors.Count == 0 ? "success" : string.Join("; ", errors))}");
        }
    }
}
