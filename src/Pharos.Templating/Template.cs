using Pharos.Core.Labels;
using Pharos.Templating.Syntax;

namespace Pharos.Templating;

/// <summary>
/// A parsed template of Go's <c>text/template</c> with those it defines. Values that it works on are null, <see cref="bool"/>, <see cref="long"/>,
/// <see cref="ulong"/>, <see cref="double"/>, <see cref="string"/>, <see cref="TemplateHtml"/>, <see cref="TemplateList"/>, <see cref="TemplateMap"/> and
/// <see cref="ITemplateObject"/>. Immutable, usable from any thread.
/// </summary>
public sealed class Template
{
    private readonly Dictionary<string, TemplateTree> _trees;

    private Template(string name, Dictionary<string, TemplateTree> trees, TemplateFunctions functions)
    {
        Name = name;
        _trees = trees;
        Functions = functions;
    }

    public string Name { get; }

    public TemplateFunctions Functions { get; }

    /// <summary>Parses a text.</summary>
    /// <exception cref="TemplateException">It is not well-formed, or calls a function that is not there.</exception>
    public static Template Parse(string name, string text, TemplateFunctions functions)
    {
        var trees = new Dictionary<string, TemplateTree>(StringComparer.Ordinal);
        new TemplateParser(name, text, functions.Contains, trees).Parse();
        return new Template(name, trees, functions);
    }

    /// <summary>A template that also has those that another text defines; they take the place of those of the same name.</summary>
    /// <exception cref="TemplateException">The text is not well-formed.</exception>
    public Template With(string name, string text)
    {
        var trees = new Dictionary<string, TemplateTree>(_trees, StringComparer.Ordinal);
        new TemplateParser(name, text, Functions.Contains, trees).Parse();
        return new Template(Name, trees, Functions);
    }

    /// <summary>The same template, calling other functions of the same names.</summary>
    public Template With(TemplateFunctions functions) => new(Name, _trees, functions);

    /// <summary>What the template makes of a value.</summary>
    /// <exception cref="TemplateException">It failed, or did more than the options allow.</exception>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public string Execute(object? data, TemplateOptions options, CancellationToken cancellation = default) => Execute(Name, data, options, cancellation);

    /// <summary>As <see cref="Execute(object, TemplateOptions, CancellationToken)"/>, of one of the templates that it defines.</summary>
    /// <exception cref="TemplateException">There is none of the name, it failed, or did more than the options allow.</exception>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public string Execute(string name, object? data, TemplateOptions options, CancellationToken cancellation = default) =>
        new TemplateRun(this, options, cancellation).Execute(name, data);

    internal TemplateTree? Find(string name) => _trees.GetValueOrDefault(name);

    internal TemplateTree Get(string name) => Find(name)
        ?? throw new TemplateException($"template: no template {GoQuote.Quote(name)} associated with template {GoQuote.Quote(Name)}");
}
