namespace Pharos.Templating.Prometheus;

/// <summary>Functions that templates of rules and of notifications have in common.</summary>
public static class SharedFunctions
{
    private static readonly TemplateParameter Text = TemplateParameter.String;

    /// <summary><c>humanizeDuration</c>: seconds, or a duration, as <c>1h 2m 3s</c>.</summary>
    public static TemplateFunction HumanizeDuration { get; } =
        new("humanizeDuration", [TemplateParameter.Any], static (_, a) => Humanizing.Duration(Humanizing.ToFloat(a[0])));

    /// <summary><c>match</c>: pattern, text.</summary>
    public static TemplateFunction Match { get; } = new("match", [Text, Text], static (_, a) => TextFunctions.Match((string)a[0]!, (string)a[1]!));

    /// <summary><c>reReplaceAll</c>: pattern, replacement, text.</summary>
    public static TemplateFunction ReplaceAll { get; } =
        new("reReplaceAll", [Text, Text, Text], static (run, a) => TextFunctions.ReplaceAll(run, (string)a[0]!, (string)a[1]!, (string)a[2]!));

    /// <summary><c>toUpper</c>.</summary>
    public static TemplateFunction ToUpper { get; } = new("toUpper", [Text], static (_, a) => ((string)a[0]!).ToUpperInvariant());

    /// <summary><c>toLower</c>.</summary>
    public static TemplateFunction ToLower { get; } = new("toLower", [Text], static (_, a) => ((string)a[0]!).ToLowerInvariant());

    /// <summary><c>safeHtml</c>: the text is HTML already.</summary>
    public static TemplateFunction SafeHtml { get; } = new("safeHtml", [Text], static (_, a) => new TemplateHtml((string)a[0]!));
}
