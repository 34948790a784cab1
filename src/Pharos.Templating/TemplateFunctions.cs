using Pharos.Templating.Functions;

namespace Pharos.Templating;

/// <summary>The functions that a template may call, by name; the built-in ones are always there. Immutable.</summary>
public sealed class TemplateFunctions
{
    private readonly Dictionary<string, TemplateFunction> _functions;

    /// <param name="functions">In place of built-in ones of the same name.</param>
    public TemplateFunctions(IEnumerable<TemplateFunction> functions)
    {
        _functions = new Dictionary<string, TemplateFunction>(StringComparer.Ordinal);
        foreach (TemplateFunction function in BuiltinFunctions.All.Concat(functions))
        {
            _functions[function.Name] = function;
        }
    }

    private TemplateFunctions(Dictionary<string, TemplateFunction> functions)
    {
        _functions = functions;
    }

    /// <summary>Only what is built in.</summary>
    public static TemplateFunctions Builtin { get; } = new(Array.Empty<TemplateFunction>());

    /// <summary>These with another one, in place of that of its name.</summary>
    public TemplateFunctions With(TemplateFunction function) =>
        new(new Dictionary<string, TemplateFunction>(_functions, StringComparer.Ordinal) { [function.Name] = function });

    internal bool Contains(string name) => _functions.ContainsKey(name);

    internal TemplateFunction? Find(string name) => _functions.GetValueOrDefault(name);
}
