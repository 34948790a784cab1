using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Routing;
using Pharos.Config;
using Pharos.Core.Time;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>Routing trees, the alerts that go through them, and what is in effect where they arrive.</summary>
internal sealed partial class RoutesSuite : ISuite
{
    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "routes.json";

    public void Run(string path, CaseReporter report)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement tree in document.RootElement.GetProperty("trees").EnumerateArray())
        {
            Route root = Read(tree);
            int number = 0;
            foreach (JsonElement item in tree.GetProperty("cases").EnumerateArray())
            {
                RunCase($"{tree.GetProperty("test").GetString()} {++number}", root, item, report);
            }
        }

        foreach (JsonElement tree in document.RootElement.GetProperty("whole_tree").EnumerateArray())
        {
            JsonElement expected = tree.GetProperty("expected");
            List<Route> routes = [.. Read(tree).Walk()];
            string actual = expected.ValueKind == JsonValueKind.Array
                ? JsonSerializer.Serialize(routes.Select(static r => r.Options.Receiver))
                : JsonSerializer.Serialize(expected.EnumerateObject().ToDictionary(static p => p.Name, p => IsGroupedByAll(routes, p.Name.Split('.')[0])));
            report.Check(tree.GetProperty("test").GetString()!, JsonSerializer.Serialize(expected), actual);
        }
    }

    private static bool IsGroupedByAll(List<Route> routes, string environment) => routes.Find(r => r.Matchers.Any(m => m.Value == environment))!.Options.GroupByAll;

    private static void RunCase(string name, Route root, JsonElement item, CaseReporter report)
    {
        IReadOnlyList<Route> found = root.Match(AlertmanagerJson.Labels(item.GetProperty("input")));
        if (item.TryGetProperty("expectedRouteLabels", out JsonElement labels))
        {
            report.Check(name, AlertmanagerJson.Labels(labels).ToString(), string.Join(' ', found.Select(static r => r.Options.Labels)));
            return;
        }

        string expected = string.Join("; ", item.GetProperty("result").EnumerateArray().Select(Describe)) + " " + JsonSerializer.Serialize(item.GetProperty("keys"), Plain);
        report.Check(name, expected, string.Join("; ", found.Select(static r => Describe(r.Options))) + " " + JsonSerializer.Serialize(found.Select(static r => r.Key), Plain));
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Describe(JsonElement options) => string.Join(
        ' ',
        options.GetProperty("Receiver").GetString(),
        string.Join(',', options.GetProperty("GroupBy").EnumerateArray().Select(static g => g.GetString()!).Order(StringComparer.Ordinal)),
        options.GetProperty("GroupByAll").GetBoolean(),
        Seconds(options, "GroupWait"),
        Seconds(options, "GroupInterval"),
        Seconds(options, "RepeatInterval"),
        AlertmanagerJson.Labels(options.GetProperty("Labels")));

    private static string Describe(RouteOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{options.Receiver} {string.Join(',', options.GroupBy)} {options.GroupByAll} {options.GroupWait.TotalSeconds} {options.GroupInterval.TotalSeconds} {options.RepeatInterval.TotalSeconds} {options.Labels}");

    private static string Seconds(JsonElement options, string name) => PrometheusDuration.Parse(options.GetProperty(name).GetString()!).TotalSeconds.ToString(CultureInfo.InvariantCulture);

    private static Route Read(JsonElement tree)
    {
        string text = tree.GetProperty("route_yaml").GetString()!;
        string[] receivers = [.. Receiver().Matches(text).Select(static m => m.Groups[1].Value).Append("root").Distinct(StringComparer.Ordinal)];
        string root = text.TrimStart().StartsWith("receiver:", StringComparison.Ordinal) ? "" : "  receiver: root\n";
        string whole = $"receivers:\n{string.Concat(receivers.Select(static r => $"- name: {r}\n"))}route:\n{root}{string.Concat(text.Split('\n').Select(static l => $"  {l}\n"))}";
        (AlertmanagerFile file, IReadOnlyList<ConfigError> errors) = AlertmanagerJson.Load(whole);
        return errors.Count == 0 ? Route.Build(file.Route) : throw new ConfigException(errors);
    }

    [GeneratedRegex("receiver:\\s*['\"]?([\\w-]+)")]
    private static partial Regex Receiver();
}
