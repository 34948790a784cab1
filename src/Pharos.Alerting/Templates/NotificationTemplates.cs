using System.Text;
using Pharos.Config;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Alerting.Receivers;
using Pharos.Templating;

namespace Pharos.Alerting.Templates;

/// <summary>The templates of messages: the default ones, and over them those of the users' files. Immutable, usable from any thread.</summary>
public sealed class NotificationTemplates
{
    private const int MaxFileBytes = 4 << 20;

    private readonly Template _templates;

    private NotificationTemplates(Template templates, string externalUrl, TemplateOptions options)
    {
        _templates = templates;
        ExternalUrl = externalUrl;
        Options = options;
    }

    /// <summary>What a message may do at most, for every text of it: it is cut off with an error beyond.</summary>
    public static TemplateOptions Limits { get; } = TemplateOptions.Default with { MissingKey = MissingKey.Zero };

    /// <summary>Where users reach this server, without a slash at the end.</summary>
    public string ExternalUrl { get; }

    internal TemplateOptions Options { get; }

    /// <summary>The default templates with those of the files that patterns name now; a pattern that names none is no error.</summary>
    /// <param name="patterns">Absolute, wildcards in their last part.</param>
    /// <param name="externalUrl">Where users reach this server.</param>
    /// <param name="time">The clock of <c>now</c> and <c>since</c>; the system's when not given.</param>
    /// <param name="limits">What a text may do; <see cref="Limits"/> when not given.</param>
    /// <exception cref="ConfigException">A file cannot be read or is no well-formed template; holds the errors of all.</exception>
    public static NotificationTemplates Load(IReadOnlyList<string> patterns, string externalUrl, TimeProvider? time = null, TemplateOptions? limits = null)
    {
        var errors = new List<ConfigError>();
        Template templates = Parse(patterns, NotificationFunctions.For(time ?? TimeProvider.System), errors);
        return errors.Count == 0
            ? new NotificationTemplates(templates, externalUrl.TrimEnd('/'), limits ?? Limits)
            : throw new ConfigException(errors);
    }

    /// <summary>What is wrong with the files that patterns name now.</summary>
    public static IReadOnlyList<ConfigError> Check(IReadOnlyList<string> patterns)
    {
        var errors = new List<ConfigError>();
        Parse(patterns, NotificationFunctions.All, errors);
        return errors;
    }

    /// <summary>What a text makes of a message.</summary>
    /// <exception cref="TemplateException">It is no well-formed template, failed, or did more than it may.</exception>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public string Expand(string text, Message message, CancellationToken cancellationToken = default) =>
        Expand(text, message, new RouteLabelResolver(message.RouteLabels, expand: null), isHtml: false, cancellationToken);

    /// <summary>
    /// The labels of a route for a group: its templates expanded. One that fails is left out and told.
    /// </summary>
    /// <param name="labels">As the route has them.</param>
    /// <param name="group">What the message is about; its own route labels do not matter.</param>
    /// <param name="alerts">The group's alerts.</param>
    /// <param name="failed">Told of a label's name and what went wrong.</param>
    public Labels ExpandRouteLabels(Labels labels, NotificationGroup group, IReadOnlyList<Alert> alerts, Action<string, string>? failed = null)
    {
        if (labels.Count == 0)
        {
            return labels;
        }

        Message message = Message.Of(group with { RouteLabels = labels, Reason = "unknown" }, alerts, ExternalUrl);
        var resolver = new RouteLabelResolver(message.RouteLabels, (text, self) => Expand(text, message, self, isHtml: false, CancellationToken.None));
        var expanded = new LabelsBuilder();
        foreach (Label label in labels.AsSpan())
        {
            try
            {
                expanded.Set(label.Name, resolver.Resolve(label.Name));
            }
            catch (Exception e) when (e is TemplateException or TemplateFunctionException)
            {
                failed?.Invoke(label.Name, e.Message);
            }
        }

        return expanded.ToLabels();
    }

    /// <summary>As <see cref="Expand(string, Message, CancellationToken)"/>, of any value, the labels of the route not expanded yet; what is not marked as HTML is escaped where asked.</summary>
    public string ExpandValue(string text, object? value, bool isHtml = false)
    {
        LabelValues labels = (value as Message)?.RouteLabels ?? new LabelValues([]);
        return Expand(text, value, new RouteLabelResolver(labels, (inner, self) => Expand(inner, value, self, isHtml, CancellationToken.None)), isHtml, CancellationToken.None);
    }

    private string Expand(string text, object? value, RouteLabelResolver resolver, bool isHtml, CancellationToken cancellationToken)
    {
        // Most texts are no templates.
        if (!text.Contains("{{", StringComparison.Ordinal))
        {
            return text;
        }

        Template template = _templates.With("", text);
        return template.With(template.Functions.With(resolver.Function)).Execute("", value, Options with { EscapesHtml = isHtml }, cancellationToken);
    }

    private static Template Parse(IReadOnlyList<string> patterns, TemplateFunctions functions, List<ConfigError> errors)
    {
        Template templates = DefaultTemplates.Parse(functions);
        foreach (string path in patterns.SelectMany(PathGlob.Expand).Distinct(StringComparer.Ordinal))
        {
            templates = Add(templates, path, errors);
        }

        return templates;
    }

    private static Template Add(Template templates, string path, List<ConfigError> errors)
    {
        try
        {
            if (BoundedFile.Read(path, MaxFileBytes) is { } content)
            {
                return templates.With(Path.GetFileName(path), Encoding.UTF8.GetString(content));
            }

            errors.Add(new ConfigError(path, 0, 0, $"longer than {MaxFileBytes} bytes", null, "a file of templates"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new ConfigError(path, 0, 0, BoundedFile.Describe(e, path), null, null));
        }
        catch (TemplateException e)
        {
            errors.Add(new ConfigError(path, 0, 0, e.Message, null, "a well-formed template"));
        }

        return templates;
    }
}
