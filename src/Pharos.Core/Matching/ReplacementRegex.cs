using System.Text.RegularExpressions;

namespace Pharos.Core.Matching;

/// <summary>
/// A regular expression in RE2 syntax with capture groups, anchored at both ends (<c>^(?s:…)$</c>), and the expansion of templates with what it captured:
/// what relabelling and <c>label_replace</c> need. Immutable, usable from any thread.
/// </summary>
public sealed class ReplacementRegex
{
    private readonly Regex _regex;

    private ReplacementRegex(string pattern, Regex regex)
    {
        Pattern = pattern;
        _regex = regex;
    }

    /// <summary>The pattern as it was written.</summary>
    public string Pattern { get; }

    /// <summary>Parses a pattern.</summary>
    /// <exception cref="RegexSyntaxException">The pattern is not valid RE2.</exception>
    public static ReplacementRegex Parse(string pattern)
    {
        try
        {
            return new ReplacementRegex(pattern, new Regex($"^(?s:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
        }
        catch (ArgumentException e)
        {
            throw new RegexSyntaxException("error parsing regexp: " + e.Message, e);
        }
    }

    /// <summary>Whether the whole value matches.</summary>
    public bool IsMatch(string value) => _regex.IsMatch(value);

    /// <summary>
    /// The template with <c>$1</c>, <c>${1}</c>, <c>$name</c>, <c>${name}</c> replaced by what the value's match captured and <c>$$</c> by a dollar sign, or null
    /// when the value does not match. A name is as long as possible: <c>$1x</c> is the group named <c>1x</c>. A group that is not there is empty.
    /// </summary>
    public string? Expand(string value, string template)
    {
        Match match = _regex.Match(value);
        return match.Success ? match.Result(template) : null;
    }
}
