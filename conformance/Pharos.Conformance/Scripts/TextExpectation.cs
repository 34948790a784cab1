using System.Text.RegularExpressions;

namespace Pharos.Conformance.Scripts;

/// <summary>A message that is expected: the whole of it, or a pattern found in it.</summary>
internal sealed class TextExpectation
{
    private readonly string _text;
    private readonly Regex? _pattern;

    public TextExpectation(string text, bool isPattern)
    {
        _text = text;
        _pattern = isPattern ? new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking) : null;
    }

    public bool Matches(string message) => _pattern?.IsMatch(message) ?? string.Equals(_text, message, StringComparison.Ordinal);

    public override string ToString() => (_pattern is null ? "message " : "pattern ") + _text;
}
