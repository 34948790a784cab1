using Pharos.Core.Matching.Expressions;

namespace Pharos.Core.Matching;

/// <summary>
/// A regular expression in RE2 syntax that must match the whole value, as Prometheus anchors its patterns (<c>^(?s:…)$</c>); matching takes time linear in the
/// value. Immutable, usable from any thread.
/// </summary>
public sealed class AnchoredRegex
{
    private static readonly RegexCache<AnchoredRegex> Cache = new(static pattern => new AnchoredRegex(pattern), static regex => regex._matcher.Weight);

    private readonly WholeMatcher _matcher;

    private AnchoredRegex(string pattern)
    {
        Pattern = pattern;
        _matcher = new WholeMatcher(RegexParser.Parse(pattern, RegexFlags.DotMatchesLineFeed), pattern.Length);
    }

    /// <summary>The pattern as it was written.</summary>
    public string Pattern { get; }

    /// <summary>The only values that match, each once, when they can be listed (<c>a|b</c>, <c>4(00|04)</c>); null otherwise. Empty when nothing matches.</summary>
    public IReadOnlyList<string>? SetMatches => _matcher.SetMatches;

    /// <summary>Every value that matches starts with it; empty when nothing is known.</summary>
    public string Prefix => _matcher.Parts.Prefix;

    /// <summary>Every value that matches ends with it; empty when nothing is known. Never overlaps <see cref="Prefix"/>.</summary>
    public string Suffix => _matcher.Parts.Suffix;

    /// <summary>Every value that matches has these texts in this order between prefix and suffix.</summary>
    public IReadOnlyList<string> Contains => _matcher.Parts.Inner;

    /// <summary>Whether every value matches, the empty one included: <c>.*</c>.</summary>
    public bool MatchesEverything => _matcher.IsAnything;

    /// <summary>Whether every value but the empty one matches: <c>.+</c>.</summary>
    public bool MatchesNonEmpty => _matcher.IsAnythingButEmpty;

    /// <summary>Parses a pattern, or takes it from a bounded cache.</summary>
    /// <exception cref="RegexSyntaxException">The pattern is not valid RE2, or too large.</exception>
    public static AnchoredRegex Parse(string pattern) => Cache.Get(pattern);

    /// <summary>Whether the whole value matches.</summary>
    public bool IsMatch(string value) => _matcher.IsMatch(value.AsSpan());

    /// <summary>Whether the whole value matches.</summary>
    public bool IsMatch(ReadOnlySpan<char> value) => _matcher.IsMatch(value);

    /// <summary>Whether the whole value, given as UTF-8, matches.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8Value) => _matcher.IsMatch(utf8Value);
}
