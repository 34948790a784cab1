using System.Globalization;
using System.Text.Json;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Inhibition;
using Pharos.Alerting.Matchers;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>Which alerts are held back by others.</summary>
internal sealed class InhibitSuite : ISuite
{
    private const long Now = 1_700_000_000_000;
    private const string Side = "__source__";

    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "inhibit.json";

    public void Run(string path, CaseReporter report)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement group in document.RootElement.GetProperty("groups").EnumerateArray())
        {
            string test = group.GetProperty("test").GetString()!;
            int number = 0;
            foreach (JsonElement item in group.GetProperty("cases").EnumerateArray())
            {
                string name = $"{test} {++number}";
                if (item.TryGetProperty("initial", out JsonElement initial))
                {
                    RunEqual(name, item, initial, report);
                }
                else if (item.TryGetProperty("target", out JsonElement target))
                {
                    Inhibitor inhibitor = Build(group);
                    foreach (JsonElement source in group.GetProperty("active_source_alerts").EnumerateArray())
                    {
                        inhibitor.Observe(new Alert(AlertmanagerJson.Labels(source), Labels.Empty, Now - 60_000, Now + 60_000, ""));
                    }

                    report.Check(name, $"{item.GetProperty("expected").GetBoolean()}", $"{inhibitor.InhibitedBy(AlertmanagerJson.Labels(target), Now).Count > 0}");
                }
                else
                {
                    RunSequence(name, group, item, report);
                }
            }
        }
    }

    private static void RunSequence(string name, JsonElement group, JsonElement item, CaseReporter report)
    {
        Inhibitor inhibitor = Build(group);
        foreach (JsonElement alert in item.GetProperty("alerts").EnumerateArray())
        {
            long end = alert.GetProperty("state").GetString() == "active" ? Now + 60_000 : Now - 1000;
            inhibitor.Observe(new Alert(AlertmanagerJson.Labels(alert.GetProperty("labels")), Labels.Empty, Now - 60_000, end, ""));
        }

        string[] wrong = [.. item.GetProperty("expected").EnumerateArray()
            .Where(e => inhibitor.InhibitedBy(AlertmanagerJson.Labels(e.GetProperty("lbls")), Now).Count > 0 != e.GetProperty("muted").GetBoolean())
            .Select(static e => e.ToString())];
        report.Check(name, "", string.Join(' ', wrong));
    }

    // Only the equal labels are looked at: sources and targets are told apart by a label of their own.
    private static void RunEqual(string name, JsonElement item, JsonElement initial, CaseReporter report)
    {
        var rule = new InhibitRuleConfig
        {
            SourceMatchers = [new AlertMatcher(MatchType.Equal, Side, "1")],
            TargetMatchers = [new AlertMatcher(MatchType.Equal, Side, "")],
            Equal = item.TryGetProperty("equal", out JsonElement equal) ? [.. equal.EnumerateArray().Select(static e => e.GetString()!)] : [],
        };
        var inhibitor = new Inhibitor([rule]);
        foreach (JsonProperty source in initial.ValueKind == JsonValueKind.Object ? initial.EnumerateObject() : default)
        {
            JsonElement alert = source.Value.GetProperty("Alert");
            Labels labels = new LabelsBuilder(AlertmanagerJson.Labels(alert.GetProperty("Labels"))).Set(Side, "1").ToLabels();
            inhibitor.Observe(new Alert(labels, Labels.Empty, Time(alert, "StartsAt"), Time(alert, "EndsAt"), ""));
        }

        bool isInhibited = inhibitor.InhibitedBy(AlertmanagerJson.Labels(item.GetProperty("input")), Now).Count > 0;
        report.Check($"{name}: {item.GetProperty("name").GetString()}", $"{item.GetProperty("result").GetBoolean()}", $"{isInhibited}");
    }

    // now+-60s.
    private static long Time(JsonElement alert, string name) => AlertmanagerJson.OptionalText(alert, name) is { } text
        ? Now + (1000 * long.Parse(text["now+".Length..].TrimEnd('s'), CultureInfo.InvariantCulture))
        : 0;

    private static Inhibitor Build(JsonElement group) => new([.. group.GetProperty("rules").EnumerateArray().Select(static rule => new InhibitRuleConfig
    {
        SourceMatchers = Matchers(rule, "source"),
        TargetMatchers = Matchers(rule, "target"),
        Equal = [.. rule.GetProperty("equal").EnumerateArray().Select(static e => e.GetString()!)],
    })]);

    private static IReadOnlyList<AlertMatcher> Matchers(JsonElement rule, string side) => rule.TryGetProperty(side + "_matchers", out JsonElement texts)
        ? [.. texts.EnumerateArray().SelectMany(static t => new MatcherParser().ParseAll(t.GetString()!))]
        : [.. rule.GetProperty(side + "_match").EnumerateObject().Select(static p => new AlertMatcher(MatchType.Equal, p.Name, p.Value.GetString()!))];
}
