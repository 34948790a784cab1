namespace Pharos.Templating;

/// <summary>How a template runs, and how much it may do: templates come from users.</summary>
public sealed record TemplateOptions
{
    public static TemplateOptions Default { get; } = new();

    public MissingKey MissingKey { get; init; } = MissingKey.NoValue;

    /// <summary>Printed values are escaped as HTML text, wherever in the page they stand.</summary>
    public bool EscapesHtml { get; init; }

    /// <summary>Longest output, and longest text that a function gives, in UTF-16 units.</summary>
    public int MaxLength { get; init; } = 1 << 20;

    /// <summary>Most steps: an action, a command, a turn of a loop, each 64 units of text that a function gives.</summary>
    public int MaxSteps { get; init; } = 1_000_000;

    /// <summary>Most templates that call each other at a time.</summary>
    public int MaxDepth { get; init; } = 1000;
}
