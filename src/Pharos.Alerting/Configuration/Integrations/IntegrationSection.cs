using Pharos.Alerting.Templates;
using Pharos.Config.Http;
using Pharos.Config.Yaml;
using Pharos.Templating;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>A section of a receiver while it is read.</summary>
/// <param name="map">The section.</param>
/// <param name="kind">What it is.</param>
/// <param name="global">What holds where the section says nothing.</param>
/// <param name="index">From 0 among those of the kind in the receiver.</param>
internal sealed class IntegrationSection(YamlMapping map, IntegrationKind kind, AlertmanagerGlobalConfig global, int index)
{
    public YamlMapping Map => map;

    public AlertmanagerGlobalConfig Global => global;

    public string Kind => kind.Kind;

    public int Index => index;

    public bool SendsResolved { get; private set; }

    /// <summary>The section's own <c>http_config</c>; null where it has none.</summary>
    public HttpClientConfig? OwnHttp { get; private set; }

    /// <summary>How it talks HTTP: as it says, else as the global section does.</summary>
    public HttpClientConfig Http => OwnHttp ?? global.Http;

    /// <summary>Reads what every kind has.</summary>
    public void ReadCommon(bool sendResolved, bool hasHttp = true)
    {
        SendsResolved = map.Bool("send_resolved", sendResolved, always: true);
        if (hasHttp)
        {
            OwnHttp = map.OptionalSection("http_config", "config.plain", static m => HttpClientConfig.Read(m));
        }
    }

    /// <summary>A text that is a template. One that is not well-formed is only warned of, as upstream finds it when it sends.</summary>
    public string Text(string key, string absent = "") => Text(map, key, absent);

    /// <summary>Several texts that are templates and have no default.</summary>
    public void Texts(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            Text(map, key);
        }
    }

    /// <summary>As <see cref="Text(string, string)"/>, of a section within.</summary>
    public static string Text(YamlMapping map, string key, string absent = "")
    {
        string text = map.String(key, absent);
        CheckTemplate(map, key, text);
        return text;
    }

    /// <summary>Warns of a text that is not a well-formed template.</summary>
    public static void CheckTemplate(YamlMapping map, string key, string text)
    {
        if (!text.Contains("{{", StringComparison.Ordinal))
        {
            return;
        }

        try
        {
            Template.Parse("", text, NotificationFunctions.All);
        }
        catch (TemplateException e)
        {
            map.Warn(key, $"{key} is no well-formed template, messages will fail: {e.Message}");
        }
    }

    /// <summary>A secret and a file that holds it: one of them at most.</summary>
    /// <returns>Whether one is given.</returns>
    public bool SecretOrFile(string key)
    {
        bool isGiven = !map.Secret(key).IsEmpty;
        return OrFile(key, isGiven);
    }

    /// <summary>A secret and a file that holds it, both of which upstream takes together.</summary>
    public void SecretOrFileTogether(string key)
    {
        map.Secret(key);
        map.Path(key + "_file");
    }

    /// <summary>Names with values of any shape.</summary>
    public void AnyMap(string key)
    {
        if (map.Entries(key, "map[string]interface {}").Count > 0)
        {
            map.Record(key, AlertingFields.Shown(map.Take(key)!));
        }
    }

    /// <summary>A secret URL and a file that holds it: one of them at most.</summary>
    /// <returns>Whether one is given.</returns>
    public bool SecretUrlOrFile(string key) => OrFile(key, map.HttpUrl(key, isSecret: true) is not null);

    /// <summary>A URL whose default is the global section's.</summary>
    public void Url(string key, string globalField, string missing)
    {
        if (map.HttpUrl(key) is null && !map.HasRefused && !global.HasAny(globalField))
        {
            map.Refuse(missing);
        }
    }

    /// <summary>Refuses the section unless a condition holds.</summary>
    public void Require(bool condition, string message)
    {
        if (!condition)
        {
            map.Refuse(message);
        }
    }

    private bool OrFile(string key, bool isGiven)
    {
        bool hasFile = map.Path(key + "_file").Length > 0;
        if (isGiven && hasFile)
        {
            map.RefuseShape(key, $"at most one of {key} & {key}_file must be configured", "one of them");
        }

        return isGiven || hasFile;
    }
}
