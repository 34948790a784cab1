using Pharos.Alerting.Templates;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Templating;

namespace Pharos.Alerting.Receivers.Webhook;

/// <summary>
/// A body of the user's own: YAML whose texts are templates. What a text expands to is read as YAML again, so that <c>'{{ len .Alerts }}'</c> is a number and
/// <c>'{{ .Alerts | toJson }}'</c> a list, as upstream does it.
/// </summary>
internal static class WebhookPayload
{
    private const int MaxBytes = 16 << 20;

    private static readonly YamlLimits Limits = new(1 << 20, 100, 200_000);

    /// <summary>The body, ending in a newline.</summary>
    /// <exception cref="TemplateException">A text failed.</exception>
    /// <exception cref="TemplateFunctionException">What comes out is no JSON.</exception>
    public static string Render(YamlNode payload, Func<string, string> expand)
    {
        var json = new GoJsonWriter(MaxBytes);
        json.Value(Expand(payload, expand));
        json.Raw("\n");
        return json.ToString();
    }

    private static object? Expand(YamlNode node, Func<string, string> expand) => node.Kind switch
    {
        YamlKind.Sequence => new TemplateList([.. node.Items.Select(i => Expand(i, expand))]),
        YamlKind.Mapping => new TemplateMap(TextEntries(node).Select(e => KeyValuePair.Create(expand(e.Key.Text), Expand(e.Value, expand)))),
        _ => ValueOf(node) is string text ? Reread(expand(text)) : ValueOf(node),
    };

    private static object? Reread(string text)
    {
        var diagnostics = new ConfigDiagnostics("payload");
        IReadOnlyList<YamlNode>? documents = text.Length > Limits.MaxLength ? null : YamlParser.ParseText(text, diagnostics, Limits);
        if (documents is null)
        {
            return text;
        }

        object? value = documents.Count == 0 ? null : Plain(documents[0]);
        return value is string ? text : value;
    }

    private static object? Plain(YamlNode node) => node.Kind switch
    {
        YamlKind.Sequence => new TemplateList([.. node.Items.Select(Plain)]),
        YamlKind.Mapping => new TemplateMap(TextEntries(node).Select(static e => KeyValuePair.Create(e.Key.Text, Plain(e.Value)))),
        _ => ValueOf(node),
    };

    // Keys that are no texts have no place in JSON.
    private static IEnumerable<YamlEntry> TextEntries(YamlNode node) => node.Entries.Where(static e => e.Key.Kind == YamlKind.Scalar && ValueOf(e.Key) is string);

    private static object? ValueOf(YamlNode node)
    {
        if (node.IsNull)
        {
            return null;
        }

        if (YamlScalar.TryBool(node, out bool truth))
        {
            return truth;
        }

        if (YamlScalar.ResolveTag(node) == "!!int" && YamlScalar.TryInteger(node, out Int128 whole))
        {
            return whole <= long.MaxValue ? (long)whole : (ulong)whole;
        }

        return YamlScalar.TryFloat(node, out double number) ? number : node.Text;
    }
}
