namespace Pharos.Dashboards.Variables;

/// <summary>What a text is for: it decides how values are written where the text asks for no format.</summary>
internal enum TextUse
{
    /// <summary>PromQL: Grafana's rules for Prometheus; the names of the batch query stay.</summary>
    Expression,

    /// <summary>Shown as it is.</summary>
    Text,

    /// <summary>Markdown or HTML.</summary>
    Markup,

    /// <summary>A link.</summary>
    Url,

    /// <summary>The regular expression of a variable.</summary>
    Regex,

    /// <summary>Settings: values as they are.</summary>
    Setting,
}
