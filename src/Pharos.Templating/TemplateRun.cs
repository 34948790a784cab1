using System.Text;
using Pharos.Templating.Execution;
using Pharos.Templating.Formatting;
using Pharos.Templating.Syntax;

namespace Pharos.Templating;

/// <summary>One execution of a template: what it has done so far, against what it may do. Not for several threads.</summary>
public sealed class TemplateRun
{
    private const int TextPerStep = 64;
    private int _steps;

    internal TemplateRun(Template template, TemplateOptions options, CancellationToken cancellation)
    {
        Template = template;
        Options = options;
        Cancellation = cancellation;
    }

    /// <summary>Long functions look at it.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Longest text that a function may give, in UTF-16 units.</summary>
    public int MaxLength => Options.MaxLength;

    internal Template Template { get; }

    internal TemplateOptions Options { get; }

    internal int Depth { get; set; }

    /// <summary>Executes another template of the same set, within the limits of this run.</summary>
    /// <exception cref="TemplateException">There is none of the name, or it failed.</exception>
    public string Execute(string name, object? data)
    {
        TemplateTree tree = Template.Get(name);
        var output = new StringBuilder();
        new TemplateExecutor(this, tree, output, data).Run(data);
        return output.ToString();
    }

    /// <summary>A value as <c>print</c> shows it.</summary>
    public string Print(object? value) => ValuePrinter.Print(value, MaxLength);

    /// <summary>Counts what a function does beside giving a text, as if it were a text of so many units: copying a list costs its items.</summary>
    /// <exception cref="TemplateFunctionException">The run did more than it may.</exception>
    public void Spend(int units)
    {
        if (Step(units) is { } error)
        {
            throw new TemplateFunctionException(error);
        }
    }

    // Returns what went wrong, or null.
    internal string? Step(int textLength = 0)
    {
        Cancellation.ThrowIfCancellationRequested();
        _steps += 1 + (textLength / TextPerStep);
        return _steps > Options.MaxSteps ? $"template does too much: more than {Options.MaxSteps} steps" : null;
    }
}
