using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Core.Matching;

/// <summary>A condition on one label. Immutable, usable from any thread. An absent label has the empty value.</summary>
public sealed class Matcher : IEquatable<Matcher>
{
    /// <summary>Makes a matcher.</summary>
    /// <exception cref="RegexSyntaxException">The pattern of <see cref="MatchType.Match"/> or <see cref="MatchType.NotMatch"/> is not a valid RE2 expression.</exception>
    public Matcher(MatchType type, string name, string value)
    {
        Type = type;
        Name = name;
        Value = value;
        Regex = type is MatchType.Match or MatchType.NotMatch ? AnchoredRegex.Parse(value) : null;
    }

    /// <summary>How the value is compared.</summary>
    public MatchType Type { get; }

    /// <summary>The label's name.</summary>
    public string Name { get; }

    /// <summary>The value or the pattern.</summary>
    public string Value { get; }

    /// <summary>The parsed pattern of a regular expression matcher, otherwise null.</summary>
    public AnchoredRegex? Regex { get; }

    /// <summary>Whether an absent label satisfies the matcher.</summary>
    public bool MatchesEmpty => Matches("");

    /// <summary>Whether the matcher holds for a value.</summary>
    public bool Matches(string value) => Type switch
    {
        MatchType.Equal => string.Equals(value, Value, StringComparison.Ordinal),
        MatchType.NotEqual => !string.Equals(value, Value, StringComparison.Ordinal),
        MatchType.Match => Regex!.IsMatch(value),
        _ => !Regex!.IsMatch(value),
    };

    /// <inheritdoc/>
    public bool Equals(Matcher? other) =>
        other is not null && Type == other.Type && string.Equals(Name, other.Name, StringComparison.Ordinal) && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Matcher);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Name, Value);

    /// <summary>Upstream's text form: <c>name=~"value"</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (LabelName.IsLegacy(Name))
        {
            text.Append(Name);
        }
        else
        {
            GoQuote.Append(text, Name);
        }

        text.Append(Type switch
        {
            MatchType.Equal => "=",
            MatchType.NotEqual => "!=",
            MatchType.Match => "=~",
            _ => "!~",
        });
        GoQuote.Append(text, Value);
        return text.ToString();
    }
}
