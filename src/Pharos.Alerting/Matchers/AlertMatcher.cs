using Pharos.Core.Labels;
using Pharos.Core.Matching;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Alerting.Matchers;

/// <summary>
/// A condition on one label of an alert. Immutable, usable from any thread. An absent label has the empty value. Other than in queries, <c>.</c> does not match
/// a line feed, as upstream's Alertmanager has it.
/// </summary>
public sealed class AlertMatcher : IEquatable<AlertMatcher>
{
    private readonly AnchoredRegex? _regex;

    /// <summary>Makes a matcher.</summary>
    /// <exception cref="MatcherException">The pattern is no valid RE2 expression; the message is upstream's.</exception>
    public AlertMatcher(MatchType type, string name, string value)
    {
        Type = type;
        Name = name;
        Value = value;
        _regex = type is MatchType.Match or MatchType.NotMatch ? Compile(value) : null;
    }

    /// <summary>How the value is compared.</summary>
    public MatchType Type { get; }

    /// <summary>The label's name.</summary>
    public string Name { get; }

    /// <summary>The value or the pattern.</summary>
    public string Value { get; }

    /// <summary><c>=~</c> or <c>!~</c>.</summary>
    public bool IsRegex => Type is MatchType.Match or MatchType.NotMatch;

    /// <summary><c>=</c> or <c>=~</c>.</summary>
    public bool IsEqual => Type is MatchType.Equal or MatchType.Match;

    /// <summary>The matcher that the API describes by two flags.</summary>
    /// <exception cref="MatcherException">The pattern is no valid RE2 expression.</exception>
    public static AlertMatcher Of(string name, string value, bool isRegex, bool isEqual) =>
        new((isRegex, isEqual) switch
        {
            (false, true) => MatchType.Equal,
            (false, false) => MatchType.NotEqual,
            (true, true) => MatchType.Match,
            _ => MatchType.NotMatch,
        }, name, value);

    /// <summary>Whether the matcher holds for a value.</summary>
    public bool Matches(string value) => Type switch
    {
        MatchType.Equal => string.Equals(value, Value, StringComparison.Ordinal),
        MatchType.NotEqual => !string.Equals(value, Value, StringComparison.Ordinal),
        MatchType.Match => _regex!.IsMatch(value),
        _ => !_regex!.IsMatch(value),
    };

    /// <summary>Whether the matcher holds for the label of its name.</summary>
    public bool Matches(Labels labels) => Matches(labels[Name]);

    /// <summary>Upstream's order: name, value, type.</summary>
    public static int Compare(AlertMatcher x, AlertMatcher y)
    {
        int order = Utf8Ordinal.Compare(x.Name, y.Name);
        order = order != 0 ? order : Utf8Ordinal.Compare(x.Value, y.Value);
        return order != 0 ? order : x.Type.CompareTo(y.Type);
    }

    /// <inheritdoc/>
    public bool Equals(AlertMatcher? other) =>
        other is not null && Type == other.Type && string.Equals(Name, other.Name, StringComparison.Ordinal) && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AlertMatcher);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Name, Value);

    /// <summary>Upstream's text form: <c>name=~"value"</c>; a name with characters of the syntax is quoted.</summary>
    public override string ToString()
    {
        string sign = Type switch
        {
            MatchType.Equal => "=",
            MatchType.NotEqual => "!=",
            MatchType.Match => "=~",
            _ => "!~",
        };
        return MatcherLexer.HasReserved(Name)
            ? GoQuote.Quote(Name) + sign + GoQuote.Quote(Value)
            : $"{Name}{sign}\"{Escape(Value)}\"";
    }

    // As OpenMetrics escapes: only what would end the text or the line.
    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static AnchoredRegex Compile(string pattern)
    {
        try
        {
            // Parsed as upstream does, so that a mistake is told in its words.
            _ = SearchRegex.Parse($"^(?:{pattern})$");
            return AnchoredRegex.Parse($"(?-s:{pattern})");
        }
        catch (RegexSyntaxException e)
        {
            throw new MatcherException(e.Message);
        }
    }
}
