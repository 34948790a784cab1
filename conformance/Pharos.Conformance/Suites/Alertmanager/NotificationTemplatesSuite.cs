using System.Globalization;
using System.Text.Json;
using Pharos.Alerting.Receivers;
using Pharos.Alerting.Templates;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Templating;
using Pharos.Templating.Times;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>Templates of notifications with what they expand to, and the data that they are given.</summary>
internal sealed class NotificationTemplatesSuite : ISuite
{
    // Those that are made from alerts, whose times upstream's tests count from the year 1.
    private const long Year1 = -62135596800000;
    private static readonly NotificationTemplates Templates = NotificationTemplates.Load([], "http://example.com/");

    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "templates.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((string group, int number, JsonElement item) in GroupedCases.Read(path))
        {
            string name = $"{group} {number}: {AlertmanagerJson.OptionalText(item, "title")}";
            if (group == "TestData")
            {
                report.Check(name, Describe(Expected(item.GetProperty("exp"))), Describe(Build(item)));
                continue;
            }

            bool fails = item.TryGetProperty("fail", out JsonElement fail) && fail.GetBoolean();
            string? error = AlertmanagerJson.OptionalText(item, "expErr");
            string expected = fails ? "failure" : error is { Length: > 0 } ? "error " + error : AlertmanagerJson.OptionalText(item, "exp") ?? "";
            string actual = Expand(item);
            report.Check(name, expected, fails && actual.StartsWith("error ", StringComparison.Ordinal) ? "failure" : actual);
        }
    }

    private static string Expand(JsonElement item)
    {
        bool isHtml = item.TryGetProperty("html", out JsonElement html) && html.GetBoolean();
        try
        {
            return Templates.ExpandValue(item.GetProperty("in").GetString()!, item.TryGetProperty("data", out JsonElement data) ? Value(data) : null, isHtml);
        }
        catch (TemplateException e)
        {
            return "error " + e.Message;
        }
    }

    private static object? Value(JsonElement data) => data.ValueKind switch
    {
        JsonValueKind.String => DateTimeOffset.TryParseExact(data.GetString(), "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? new GoTime(time.UtcDateTime)
            : data.GetString(),
        JsonValueKind.Number => data.TryGetInt64(out long whole) ? whole : data.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => data.GetBoolean(),
        JsonValueKind.Array => new TemplateList(
            [.. data.EnumerateArray().Select(Value)],
            data.EnumerateArray().All(static i => i.ValueKind == JsonValueKind.String) ? "[]string" : "[]interface {}"),
        JsonValueKind.Object when data.TryGetProperty("$go", out JsonElement constant) => Constant(constant.GetString()!),
        JsonValueKind.Object when data.EnumerateObject().All(static p => char.IsAsciiLetterUpper(p.Name[0])) => Expected(data),
        JsonValueKind.Object => TemplateMap.OfStrings(data.EnumerateObject().Select(static p => KeyValuePair.Create(p.Name, p.Value.GetString()!))),
        _ => null,
    };

    private static GoTime Constant(string expression) => expression switch
    {
        "time.Now().Add(-1 * time.Hour)" => new GoTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1)),
        "time.Now()" => new GoTime(TimeProvider.System.GetUtcNow().UtcDateTime),
        _ => throw new InvalidDataException($"no such constant: {expression}"),
    };

    private static Message Expected(JsonElement data) => new()
    {
        Receiver = AlertmanagerJson.OptionalText(data, "Receiver") ?? "",
        Status = AlertmanagerJson.OptionalText(data, "Status") ?? "",
        Alerts = new MessageAlerts(data.TryGetProperty("Alerts", out JsonElement alerts) ? [.. alerts.EnumerateArray().Select(ExpectedAlert)] : []),
        NotificationReason = AlertmanagerJson.OptionalText(data, "NotificationReason") ?? "",
        GroupLabels = Values(data, "GroupLabels"),
        CommonLabels = Values(data, "CommonLabels"),
        CommonAnnotations = Values(data, "CommonAnnotations"),
        RouteLabels = Values(data, "RouteLabels"),
        ExternalUrl = data.TryGetProperty("ExternalURL", out JsonElement url) ? url.ValueKind == JsonValueKind.String ? url.GetString()! : "http://example.com" : "",
    };

    private static MessageAlert ExpectedAlert(JsonElement alert) => new()
    {
        Status = AlertmanagerJson.OptionalText(alert, "Status") ?? "",
        Labels = Values(alert, "Labels"),
        Annotations = Values(alert, "Annotations"),
        StartsAt = Time(alert, "StartsAt"),
        EndsAt = Time(alert, "EndsAt"),
        GeneratorUrl = AlertmanagerJson.OptionalText(alert, "GeneratorURL") ?? "",
        Fingerprint = AlertmanagerJson.OptionalText(alert, "Fingerprint") ?? "",
    };

    private static LabelValues Values(JsonElement data, string name) => data.TryGetProperty(name, out JsonElement values)
        ? LabelValues.Of(AlertmanagerJson.Labels(values))
        : new LabelValues([], isNil: true);

    private static GoTime Time(JsonElement alert, string name) => new(new DateTime(Milliseconds(alert, name) * TimeSpan.TicksPerMillisecond));

    // time.Time{}.Add(1 * time.Second)
    private static long Milliseconds(JsonElement alert, string name) => alert.TryGetProperty(name, out JsonElement time) && time.ValueKind == JsonValueKind.Object
        ? 1000 * long.Parse(new string([.. time.GetProperty("$go").GetString()!.Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture)
        : 0;

    private static Message Build(JsonElement item)
    {
        JsonElement exp = item.GetProperty("exp");
        var group = new NotificationGroup
        {
            Receiver = item.GetProperty("receiver").GetString()!,
            Key = "",
            Labels = item.TryGetProperty("groupLabels", out JsonElement labels) ? AlertmanagerJson.Labels(labels) : Labels.Empty,
            RouteLabels = item.TryGetProperty("routeLabels", out JsonElement routeLabels) ? AlertmanagerJson.Labels(routeLabels) : Labels.Empty,
            Reason = AlertmanagerJson.OptionalText(exp, "NotificationReason") ?? "",
        };
        Alert[] alerts = item.TryGetProperty("alerts", out JsonElement list) ? [.. list.EnumerateArray().Select(static a => BuildAlert(a.GetProperty("Alert")))] : [];
        return Message.Of(group, alerts, "http://example.com");
    }

    private static Alert BuildAlert(JsonElement alert) => new(
        alert.TryGetProperty("Labels", out JsonElement labels) ? AlertmanagerJson.Labels(labels) : Labels.Empty,
        alert.TryGetProperty("Annotations", out JsonElement annotations) ? AlertmanagerJson.Labels(annotations) : Labels.Empty,
        Year1 + Milliseconds(alert, "StartsAt"),
        Milliseconds(alert, "EndsAt") is > 0 and long end ? Year1 + end : 0,
        AlertmanagerJson.OptionalText(alert, "GeneratorURL") ?? "");

    private static string Describe(Message message) => message.ToString();
}
