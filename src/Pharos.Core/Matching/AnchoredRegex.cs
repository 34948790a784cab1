using System.Text.RegularExpressions;

namespace Pharos.Core.Matching;

/// <summary>
/// A regular expression in RE2 syntax that must match the whole value, as Prometheus anchors its patterns (<c>^(?s:…)$</c>).
/// Immutable, usable from any thread.
/// </summary>
public sealed class AnchoredRegex
{
    private readonly Regex _regex;

    private AnchoredRegex(string pattern, Regex regex)
    {
        Pattern = pattern;
        _regex = regex;
    }

    /// <summary>The pattern as it was written.</summary>
    public string Pattern { get; }

    /// <summary>Parses a pattern.</summary>
    /// <exception cref="RegexSyntaxException">The pattern is not valid RE2.</exception>
    public static AnchoredRegex Parse(string pattern)
    {
        try
        {
            return new AnchoredRegex(pattern, new Regex($"\\A(?s:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (ArgumentException e)
        {
            throw new RegexSyntaxException("error parsing regexp: " + e.Message, e);
        }
    }

    /// <summary>Whether the whole value matches.</summary>
    public bool IsMatch(string value) => _regex.IsMatch(value);
}
