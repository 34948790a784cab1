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

    private readonly string _name;
    private readonly string _text;

    private RuleTemplate(string name, string text)
    {
        _name = name;
        _text = text;
    }

    /// <summary>Parses a text.</summary>
    /// <param name="name">For messages; upstream has <c>__alert_NAME</c>.</param>
    /// <param name="text">The template.</param>
    /// <exception cref="TemplateException">The text is not well-formed.</exception>
    public static RuleTemplate Parse(string name, string text)
    {
        _ = Template.Parse(name, Variables + text, NoQueries.All);
        return new RuleTemplate(name, Variables + text);
    }

    /// <summary>The text for one alert.</summary>
    /// <exception cref="TemplateException">It failed; upstream then puts the error in place of the text.</exception>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public string Expand(RuleTemplateData data, RuleTemplateContext context, CancellationToken cancellation = default) =>
        Template.Parse(_name, _text, new RuleTemplateFunctions(context).All).Execute(data, Options, cancellation);
}
