namespace Pharos.Templating.Prometheus;

/// <summary>
/// Templates of labels and annotations of alerting rules: Go's templates with the functions of Prometheus and the variables <c>$labels</c>,
/// <c>$externalLabels</c>, <c>$externalURL</c> and <c>$value</c>. Immutable, usable from any thread.
/// </summary>
public sealed class RuleTemplate
{
    /// <summary>What upstream puts before the text; columns of messages count it too.</summary>
    private const string Variables =
        "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}{{$externalURL := .ExternalURL}}{{$value := .Value}}";

    private static readonly TemplateOptions Options = TemplateOptions.Default with { MissingKey = MissingKey.Zero };
    private static readonly RuleTemplateFunctions NoQueries = new(new RuleTemplateContext());

    private readonly Template _template;

    private RuleTemplate(Template template, string text)
    {
        _template = template;
        Text = text;
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary>Whether it is its own expansion, always: nothing of it is to be evaluated.</summary>
    public bool IsLiteral => !Text.Contains("{{", StringComparison.Ordinal);

    /// <summary>Parses a text.</summary>
    /// <param name="name">For messages; upstream has <c>__alert_NAME</c>.</param>
    /// <param name="text">The template.</param>
    /// <exception cref="TemplateException">The text is not well-formed.</exception>
    public static RuleTemplate Parse(string name, string text) => new(Template.Parse(name, Variables + text, NoQueries.All), text);

    /// <summary>The text for one alert.</summary>
    /// <exception cref="TemplateException">It failed; upstream then puts the error in place of the text.</exception>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public string Expand(RuleTemplateData data, RuleTemplateContext context, CancellationToken cancellation = default) =>
        Expand(data, new RuleTemplateFunctions(context), cancellation);

    /// <summary>As <see cref="Expand(RuleTemplateData, RuleTemplateContext, CancellationToken)"/>, with functions that serve a whole evaluation.</summary>
    /// <exception cref="TemplateException">It failed.</exception>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public string Expand(RuleTemplateData data, RuleTemplateFunctions functions, CancellationToken cancellation = default) =>
        IsLiteral ? Text : _template.With(functions.All).Execute(data, Options, cancellation);

    /// <summary>The address of an expression's table on this server, as upstream has it in the links of alerts.</summary>
    public static string TableLink(string expression) => TextFunctions.GraphLink(expression, 1);
}
