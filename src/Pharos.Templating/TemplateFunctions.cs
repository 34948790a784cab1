using Pharos.Templating.Functions;

namespace Pharos.Templating;

/// <summary>The functions that a template may call, by name; the built-in ones are always there. Immutable.</summary>
public sealed class TemplateFunctions
{
    private readonly Dictionary<string, TemplateFunction> _functions = new(StringComparer.Ordinal);

    /// <param name="functions">In place of built-in ones of the same name.</param>
    public TemplateFunctions(IEnumerable<TemplateFunction> functions)
    {
        foreach (TemplateFunction function in BuiltinFunctions.All.Concat(functions))
        {
            _functions[function.Name] = function;
        }
    }

    /// <summary>Only what is built in.</summary>
    public static TemplateFunctions Builtin { get; } = new([]);

    internal bool Contains(string name) => _functions.ContainsKey(name);

    internal TemplateFunction? Find(string name) => _functions.GetValueOrDefault(name);
}
