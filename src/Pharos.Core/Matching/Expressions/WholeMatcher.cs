using System.Collections.Frozen;
using System.Text;

namespace Pharos.Core.Matching.Expressions;

/// <summary>
/// Tells whether a whole text matches an expression, by the cheapest means that will do: a set of texts, a search for literals, or an automaton.
/// Immutable to the outside, usable from any thread.
/// </summary>
internal sealed class WholeMatcher
{
    private const int MaxStackCharacters = 256;

    private readonly FrozenSet<string>? _set;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Wildcard<char>? _wildcard;
    private readonly Wildcard<byte>? _utf8Wildcard;
    private readonly LazyAutomaton? _automaton;

    /// <summary>A matcher of an expression, whose captures do not matter.</summary>
    /// <exception cref="RegexSyntaxException">The expression is too large.</exception>
    public WholeMatcher(RegexNode root, int patternLength)
    {
        RegexNode simple = WholeExpression.Simplify(root);
        Parts = LiteralParts.Find(simple);
        SetMatches = LiteralSet.Find(simple, patternLength);
        if (SetMatches is not null)
        {
            _set = SetMatches.ToFrozenSet(StringComparer.Ordinal);
            _lookup = _set.GetAlternateLookup<ReadOnlySpan<char>>();
        }
        else if (Wildcard<char>.TryMake(simple, static t => t.ToCharArray(), out _wildcard))
        {
            _ = Wildcard<byte>.TryMake(simple, Encoding.UTF8.GetBytes, out _utf8Wildcard);
        }
        else
        {
            var program = RegexProgram.Compile(simple, captures: false);
            Weight = program.Instructions.Length;
            _automaton = new LazyAutomaton(program);
        }
    }

    /// <summary>All texts that match, or null when they are too many.</summary>
    public IReadOnlyList<string>? SetMatches { get; }

    public LiteralParts Parts { get; }

    /// <summary>How many instructions it holds.</summary>
    public int Weight { get; }

    public bool IsAnything => _wildcard is { IsAnything: true, MatchesEmpty: true };

    public bool IsAnythingButEmpty => _wildcard is { IsAnything: true, MatchesEmpty: false };

    public bool IsMatch(ReadOnlySpan<char> text) =>
        _set is not null ? _lookup.Contains(text)
        : _wildcard is not null ? _wildcard.IsMatch(text)
        : _automaton!.IsMatch(text);

    /// <summary>As the other, over UTF-8.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        if (_set is null)
        {
            return _utf8Wildcard is not null ? _utf8Wildcard.IsMatch(text) : _automaton!.IsMatch(text);
        }

        if (text.Length > MaxStackCharacters)
        {
            return _lookup.Contains(Encoding.UTF8.GetString(text));
        }

        Span<char> characters = stackalloc char[MaxStackCharacters];
        return _lookup.Contains(characters[..Encoding.UTF8.GetChars(text, characters)]);
    }
}
