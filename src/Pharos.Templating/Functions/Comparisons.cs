using Pharos.Core.Labels;

namespace Pharos.Templating.Functions;

/// <summary>Go's <c>eq</c> and <c>lt</c>: only values of one kind compare.</summary>
internal static class Comparisons
{
    private const string BadTypes = "invalid type for comparison";
    private const string Different = "incompatible types for comparison";

    /// <exception cref="TemplateFunctionException">The values do not compare.</exception>
    public static object EqualsAny(object? value, ReadOnlySpan<object?> others)
    {
        if (others.Length == 0)
        {
            throw new TemplateFunctionException("missing argument for comparison");
        }

        foreach (object? other in others)
        {
            if (AreEqual(value, other))
            {
                return true;
            }
        }

        return false;
    }

    /// <exception cref="TemplateFunctionException">The values do not compare.</exception>
    public static bool AreEqual(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (TemplateList or TemplateMap or TemplateFunction, not null) or (not null, TemplateList or TemplateMap or TemplateFunction) =>
            throw new TemplateFunctionException($"non-comparable type {Execution.TemplateValues.TypeName(a is TemplateList or TemplateMap or TemplateFunction ? a : b)}"),
        (null, _) or (_, null) => false,
        (long x, ulong y) => x >= 0 && (ulong)x == y,
        (ulong x, long y) => y >= 0 && x == (ulong)y,
        _ when Text(a) is { } x && Text(b) is { } y => string.Equals(x, y, StringComparison.Ordinal),
        _ => a.GetType() == b.GetType() ? a.Equals(b) : throw new TemplateFunctionException(Different),
    };

    /// <exception cref="TemplateFunctionException">The values do not compare.</exception>
    public static bool IsLess(object? a, object? b) => (a, b) switch
    {
        (long x, long y) => x < y,
        (ulong x, ulong y) => x < y,
        (long x, ulong y) => x < 0 || (ulong)x < y,
        (ulong x, long y) => y >= 0 && x < (ulong)y,
        (double x, double y) => x < y,
        (bool, bool) => throw new TemplateFunctionException(BadTypes),
        _ when Text(a) is { } x && Text(b) is { } y => Utf8Ordinal.Compare(x, y) < 0,
        _ => throw new TemplateFunctionException(IsBasic(a) && IsBasic(b) ? Different : BadTypes),
    };

    private static string? Text(object? value) => value as string ?? (value as TemplateHtml)?.Text;

    private static bool IsBasic(object? value) => value is bool or long or ulong or double or string or TemplateHtml;
}
