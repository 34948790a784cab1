using Pharos.Templating;

namespace Pharos.Alerting.Templates;

/// <summary>
/// The function <c>routeLabels</c> for one message. A route's label may be a template that uses other labels of the route: each is expanded once, and a circle of
/// them is an error. Not for several threads.
/// </summary>
/// <param name="labels">As they are written, or expanded already.</param>
/// <param name="expand">Expands one; null when they are expanded already.</param>
internal sealed class RouteLabelResolver(LabelValues labels, Func<string, RouteLabelResolver, string>? expand)
{
    private readonly Dictionary<string, string> _expanded = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];

    /// <summary>The function as templates call it.</summary>
    public TemplateFunction Function => new("routeLabels", [TemplateParameter.String], (_, a) => Resolve((string)a[0]!));

    /// <summary>A label's text; empty where there is no such label.</summary>
    /// <exception cref="TemplateFunctionException">It needs itself.</exception>
    /// <exception cref="TemplateException">It is no well-formed template, or failed.</exception>
    public string Resolve(string name)
    {
        if (!labels.TryGet(name, out object? value))
        {
            return "";
        }

        string text = (string)value!;
        if (expand is null)
        {
            return text;
        }

        if (_expanded.TryGetValue(name, out string? known))
        {
            return known;
        }

        if (_open.Contains(name))
        {
            throw new TemplateFunctionException($"route label cycle detected: {string.Join(" -> ", _open)} -> {name}");
        }

        _open.Add(name);
        string expanded = expand(text, this);
        _open.RemoveAt(_open.Count - 1);
        return _expanded[name] = expanded;
    }
}
