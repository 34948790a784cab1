using Pharos.Templating.Execution;
using Pharos.Templating.Formatting;

namespace Pharos.Templating.Functions;

/// <summary>The functions that every template has.</summary>
internal static class BuiltinFunctions
{
    private static readonly TemplateParameter Any = TemplateParameter.Any;

    public static IReadOnlyList<TemplateFunction> All { get; } =
    [
        new("and", [Any, Any], static (_, a) => a[^1], IsVariadic: true) { StopsAt = false },
        new("or", [Any, Any], static (_, a) => a[^1], IsVariadic: true) { StopsAt = true },
        new("not", [Any], static (_, a) => !TemplateValues.IsTrue(a[0])),
        new("len", [Any], static (_, a) => Collections.Length(a[0])),
        new("index", [Any, Any], static (_, a) => Collections.Index(a[0], a.AsSpan(1)), IsVariadic: true),
        new("slice", [Any, Any], static (_, a) => Collections.Slice(a[0], a.AsSpan(1)), IsVariadic: true),
        new("print", [Any], static (run, a) => ValuePrinter.PrintAll(a, run.MaxLength, spacesAlways: false), IsVariadic: true),
        new("println", [Any], static (run, a) => ValuePrinter.PrintAll(a, run.MaxLength, spacesAlways: true) + "\n", IsVariadic: true),
        new("printf", [TemplateParameter.String, Any], static (run, a) => GoFormat.Format((string)a[0]!, a[1..], run.MaxLength), IsVariadic: true),
        new("html", [Any], static (run, a) => HtmlText.Escape(ValuePrinter.PrintAll(a, run.MaxLength, spacesAlways: false)), IsVariadic: true),
        new("js", [Any], static (run, a) => HtmlText.EscapeJavaScript(ValuePrinter.PrintAll(a, run.MaxLength, spacesAlways: false)), IsVariadic: true),
        new("urlquery", [Any], static (run, a) => HtmlText.EscapeQuery(ValuePrinter.PrintAll(a, run.MaxLength, spacesAlways: false)), IsVariadic: true),
        new("call", [Any, Any], Call, IsVariadic: true),
        new("eq", [Any, Any], static (_, a) => Comparisons.EqualsAny(a[0], a.AsSpan(1)), IsVariadic: true),
        new("ne", [Any, Any], static (_, a) => !Comparisons.AreEqual(a[0], a[1])),
        new("lt", [Any, Any], static (_, a) => Comparisons.IsLess(a[0], a[1])),
        new("le", [Any, Any], static (_, a) => Comparisons.IsLess(a[0], a[1]) || Comparisons.AreEqual(a[0], a[1])),
        new("gt", [Any, Any], static (_, a) => !(Comparisons.IsLess(a[0], a[1]) || Comparisons.AreEqual(a[0], a[1]))),
        new("ge", [Any, Any], static (_, a) => !Comparisons.IsLess(a[0], a[1])),
    ];

    private static object? Call(TemplateRun run, object?[] arguments)
    {
        if (arguments[0] is not TemplateFunction function)
        {
            string what = arguments[0] is null ? "call of nil" : $"non-function {run.Print(arguments[0])} of type {TemplateValues.TypeName(arguments[0])}";
            throw new TemplateFunctionException(what);
        }

        object?[] given = arguments[1..];
        if (function.IsVariadic ? given.Length < function.FixedCount : given.Length != function.FixedCount)
        {
            throw new TemplateFunctionException($"wrong number of args: got {given.Length} want {function.FixedCount}");
        }

        for (int i = 0; i < given.Length; i++)
        {
            TemplateParameter parameter = function.ParameterAt(i);
            if (given[i] is { } value ? !parameter.Accepts(value) : !parameter.TakesNil)
            {
                throw new TemplateFunctionException($"arg {i}: value has type {TemplateValues.TypeName(given[i])}; should be {parameter.TypeName}");
            }
        }

        return function.Body(run, given);
    }
}
