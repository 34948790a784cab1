using Pharos.Core.Labels;

namespace Pharos.Templating.Syntax;

/// <summary>A piece of template text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where it begins, in UTF-16 units.</param>
/// <param name="Text">The text; the message of an error.</param>
/// <param name="Line">From 1.</param>
internal readonly record struct Token(TokenKind Kind, int Position, string Text, int Line)
{
    private const int MaxShown = 10;

    /// <summary>As messages have it.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.Eof => "EOF",
        TokenKind.Error => Text,
        >= TokenKind.Dot => $"<{Text}>",
        _ when Text.Length > MaxShown => GoQuote.Quote(Text[..MaxShown]) + "...",
        _ => GoQuote.Quote(Text),
    };
}
