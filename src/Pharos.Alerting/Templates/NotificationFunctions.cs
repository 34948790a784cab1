using Pharos.Templating;
using Pharos.Templating.Prometheus;
using Pharos.Templating.Times;

namespace Pharos.Alerting.Templates;

/// <summary>The functions of notification templates.</summary>
public static class NotificationFunctions
{
    private static readonly TemplateParameter Any = TemplateParameter.Any;
    private static readonly TemplateParameter Text = TemplateParameter.String;
    private static readonly TemplateParameter Time = TemplateParameter.Of<GoTime>("time.Time");

    private static readonly TemplateParameter Texts = new(
        TextList.PlainType,
        TemplateParameterKind.Object,
        static v => v is TextList or TemplateList { TypeName: TextList.PlainType });

    private static readonly TemplateParameter List = new(
        "[]interface {}",
        TemplateParameterKind.Object,
        static v => v is TemplateList { TypeName: "[]interface {}" });

    /// <summary>All of them with Go's own, <c>now</c> and <c>since</c> by the system's clock; <c>routeLabels</c> gives nothing.</summary>
    public static TemplateFunctions All { get; } = For(TimeProvider.System);

    /// <summary>All of them with Go's own, by a clock.</summary>
    public static TemplateFunctions For(TimeProvider time) => new([.. OfTexts(), .. OfTimes(time), .. OfValues()]);

    private static IEnumerable<TemplateFunction> OfTexts() =>
    [
        SharedFunctions.ToUpper,
        SharedFunctions.ToLower,
        SharedFunctions.Match,
        SharedFunctions.ReplaceAll,
        SharedFunctions.SafeHtml,
        SharedFunctions.HumanizeDuration,
        new("title", [Text], static (_, a) => TitleCase.Of((string)a[0]!)),
        new("trimSpace", [Text], static (_, a) => ((string)a[0]!).Trim()),
        new("join", [Text, Texts], static (_, a) => string.Join((string)a[0]!, ((TemplateList)a[1]!).Items)),
        new("safeUrl", [Text], static (_, a) => new TemplateHtml((string)a[0]!)),
        new("urlUnescape", [Text], static (_, a) => UrlText.UnescapeQuery((string)a[0]!)),
        new("stringSlice", [Text], static (_, a) => new TextList([.. a.Cast<string>()], TextList.PlainType), IsVariadic: true),
        new("base64encode", [Text], static (_, a) => UrlText.EncodeBase64((string)a[0]!)),
        new("base64decode", [Text], static (_, a) => UrlText.DecodeBase64((string)a[0]!)),
        new("routeLabels", [Text], static (_, _) => ""),
    ];

    private static IEnumerable<TemplateFunction> OfTimes(TimeProvider time) =>
    [
        new("date", [Text, Time], static (_, a) => ((GoTime)a[1]!).Format((string)a[0]!)),
        new("tz", [Text, Time], static (_, a) => (GoTime)a[1]! with { Zone = Zone((string)a[0]!) }),
        new("now", [], (_, _) => new GoTime(time.GetUtcNow().UtcDateTime)),
        new("since", [Time], (_, a) => new GoDuration((long)Int128.Clamp((Int128)(time.GetUtcNow().UtcDateTime - ((GoTime)a[0]!).Utc).Ticks * TimeSpan.NanosecondsPerTick, long.MinValue, long.MaxValue))),
        new("toDate", [Text, Text], static (_, a) => ToDate((string)a[0]!, (string)a[1]!)),
        new("mustToDate", [Text, Text], static (_, a) => GoTimeParser.Parse((string)a[0]!, (string)a[1]!)),
    ];

    private static IEnumerable<TemplateFunction> OfValues() =>
    [
        new("toJson", [Any], static (run, a) => ToJson(a[0], run.MaxLength)),
        new("list", [Any], static (_, a) => new TemplateList([.. a]), IsVariadic: true),
        new("append", [List, Any], static (run, a) => Append(run, (TemplateList)a[0]!, a), IsVariadic: true),
        new("dict", [Any], static (_, a) => Dictionary(a), IsVariadic: true),
    ];

    private static TimeZoneInfo? Zone(string name) => name is "" or "UTC" ? null
        : name == "Local" ? TimeZoneInfo.Local
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone
        : throw new TemplateFunctionException($"unknown time zone {name}");

    private static GoTime ToDate(string layout, string text)
    {
        try
        {
            return GoTimeParser.Parse(layout, text);
        }
        catch (TemplateFunctionException)
        {
            // Upstream's: a text that is no date is the zero time.
            return new GoTime(DateTime.MinValue);
        }
    }

    private static string ToJson(object? value, int maxLength)
    {
        var json = new GoJsonWriter(maxLength);
        json.Value(value);
        return json.ToString();
    }

    private static TemplateList Append(TemplateRun run, TemplateList list, object?[] arguments)
    {
        run.Spend(list.Items.Count);
        return new TemplateList([.. list.Items, .. arguments[1..]]);
    }

    private static TemplateMap Dictionary(object?[] arguments)
    {
        if (arguments.Length % 2 != 0)
        {
            throw new TemplateFunctionException("dict requires an even number of arguments");
        }

        var entries = new List<KeyValuePair<string, object?>>(arguments.Length / 2);
        for (int i = 0; i < arguments.Length; i += 2)
        {
            entries.Add(KeyValuePair.Create(arguments[i] as string ?? throw new TemplateFunctionException("dict keys must be strings"), arguments[i + 1]));
        }

        return new TemplateMap(entries);
    }
}
