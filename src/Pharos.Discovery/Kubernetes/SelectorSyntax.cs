using System.Text.RegularExpressions;

namespace Pharos.Discovery.Kubernetes;

/// <summary>Whether selectors are written as Kubernetes takes them; the values themselves are its affair.</summary>
internal static class SelectorSyntax
{
    private const string Key = "(?:[A-Za-z0-9.-]+/)?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";
    private const string Value = "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)?";

    private static readonly Regex LabelTerm = new(
        $@"\A(?:!\s*{Key}|{Key}(?:\s*(?:=|==|!=)\s*{Value}|\s*[<>]\s*-?[0-9]+|\s+(?:in|notin)\s*\(\s*{Value}(?:\s*,\s*{Value})*\s*\))?)\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>What is wrong with a field selector: terms <c>field=value</c>, <c>==</c> or <c>!=</c>, between commas.</summary>
    public static string? CheckFields(string selector)
    {
        foreach (string term in Terms(selector))
        {
            if (!term.Contains('=', StringComparison.Ordinal) || term.StartsWith('=') || term.StartsWith("!=", StringComparison.Ordinal))
            {
                return $"invalid selector: '{selector}'; can't understand '{term}'";
            }
        }

        return null;
    }

    /// <summary>What is wrong with a label selector: <c>a</c>, <c>!a</c>, <c>a=b</c>, <c>a!=b</c>, <c>a in (b,c)</c>, <c>a notin (b)</c>, <c>a&gt;1</c>, between commas.</summary>
    public static string? CheckLabels(string selector)
    {
        foreach (string term in Terms(selector))
        {
            if (!LabelTerm.IsMatch(term))
            {
                return $"unable to parse requirement: '{term}' is not a label selector";
            }
        }

        return null;
    }

    // Commas within parentheses separate values, not terms.
    private static IEnumerable<string> Terms(string selector)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i < selector.Length; i++)
        {
            depth += selector[i] == '(' ? 1 : selector[i] == ')' ? -1 : 0;
            if (selector[i] == ',' && depth == 0)
            {
                yield return selector[start..i].Trim();
                start = i + 1;
            }
        }

        if (selector.AsSpan(start).Trim().Length > 0)
        {
            yield return selector[start..].Trim();
        }
    }
}
