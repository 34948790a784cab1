using System.Globalization;
using System.Text;
using Pharos.PromQL.Syntax.Text;

namespace Pharos.PromQL.Syntax.Lexing;

/// <summary>Names tokens in error messages with upstream's words.</summary>
internal static class TokenDescriber
{
    /// <summary>What the message says after "unexpected ".</summary>
    public static string Describe(Token token, ReadOnlySpan<byte> text)
    {
        if (token.Kind == TokenKind.EndOfInput)
        {
            return "end of input";
        }

        return token.Kind.HasFixedText() ? Quote(token.Kind, text) : DescribeKind(token.Kind) + " " + Quote(token.Kind, text);
    }

    private static string DescribeKind(TokenKind kind) => kind switch
    {
        TokenKind.Comment => "comment",
        TokenKind.Identifier => "identifier",
        TokenKind.MetricIdentifier => "metric identifier",
        TokenKind.String => "string",
        TokenKind.Number => "number",
        TokenKind.Duration => "duration",
        _ => string.Create(CultureInfo.InvariantCulture, $"\"<Item {(int)kind}>\""),
    };

    private static string Quote(TokenKind kind, ReadOnlySpan<byte> text)
    {
        string value = Encoding.UTF8.GetString(text);
        if (kind is TokenKind.Identifier or TokenKind.MetricIdentifier)
        {
            return GoText.Quote(text);
        }

        if (kind.IsKeyword())
        {
            return $"<{value}>";
        }

        if (kind.IsOperator())
        {
            return $"<op:{value}>";
        }

        if (kind.IsAggregator())
        {
            return $"<aggr:{value}>";
        }

        return text.Length > 10 ? GoText.Quote(GoText.FirstRunes(text, 10)) + "..." : GoText.Quote(text);
    }
}
