using System.Text;
using Pharos.PromQL.Syntax.Lexing;

namespace Pharos.PromQL.Tests.Syntax.Lexing;

public sealed class LexerTests
{
    [Theory]
    [InlineData("foo", "Identifier:foo")]
    [InlineData("foo:bar", "MetricIdentifier:foo:bar")]
    [InlineData("SUM by", "Sum:SUM By:by")]
    [InlineData("1 0x1F 1e3 .5 1_000 Inf nan", "Number:1 Number:0x1F Number:1e3 Number:.5 Number:1_000 Number:Inf Number:nan")]
    [InlineData("5m 1h30m 10ms", "Duration:5m Duration:1h30m Duration:10ms")]
    [InlineData("a >= b </ c >/ d", "Identifier:a GreaterOrEqual:>= Identifier:b TrimUpper:</ Identifier:c TrimLower:>/ Identifier:d")]
    [InlineData("{and=~'x', \"b\"!~`y`}", "LeftBrace:{ Identifier:and EqualRegex:=~ String:'x' Comma:, String:\"b\" NotEqualRegex:!~ String:`y` RightBrace:}")]
    [InlineData("a # rest\nb", "Identifier:a Comment:# rest Identifier:b")]
    [InlineData("a[5m:step()]", "Identifier:a LeftBracket:[ Duration:5m Colon:: Step:step LeftParen:( RightParen:) RightBracket:]")]
    public void Text_is_cut_into_tokens(string text, string expected) => Assert.Equal(expected, Tokens(text));

    [Theory]
    [InlineData("fill", "Identifier:fill")]
    [InlineData("fill (1)", "Fill:fill LeftParen:( Number:1 RightParen:)")]
    [InlineData("fill_left\n(1)", "FillLeft:fill_left LeftParen:( Number:1 RightParen:)")]
    public void Fill_words_are_keywords_only_before_a_parenthesis(string text, string expected) => Assert.Equal(expected, Tokens(text));

    [Theory]
    [InlineData("1_2 _x3 stale", "Number:1_2 Space:  Blank:_ Times:x Number:3 Space:  Identifier:stale")]
    [InlineData("-1+2x3", "Sub:- Number:1 Add:+ Number:2 Times:x Number:3")]
    [InlineData("{{schema:-1 buckets:[1 2]}}x2", "OpenHistogram:{{ SchemaKey:schema Colon:: Sub:- Number:1 Space:  BucketsKey:buckets Colon:: LeftBracket:[ Number:1 Space:  Number:2 RightBracket:] CloseHistogram:}} Times:x Number:2")]
    public void Values_of_a_series_are_cut_into_tokens(string values, string expected)
    {
        var lexer = new Lexer(Encoding.UTF8.GetBytes("m " + values), seriesDescription: true);
        Assert.Equal(TokenKind.Identifier, lexer.Next().Kind);
        Assert.Equal(TokenKind.Space, lexer.Next().Kind);
        Assert.Equal(expected, Rest(lexer));
    }

    [Theory]
    [InlineData("\"a", "unterminated quoted string")]
    [InlineData("'a\nb'", "unterminated quoted string")]
    [InlineData("`a", "unterminated raw string")]
    [InlineData("\"\\", "escape sequence not terminated")]
    [InlineData("\"\\x.\"", "illegal character U+002E '.' in escape sequence")]
    [InlineData("\"\\q\"", "unknown escape sequence U+0071 'q'")]
    [InlineData("\"\\ud800\"", "escape sequence is an invalid Unicode code point")]
    [InlineData("1..2", "bad number or duration syntax: \"1..\"")]
    [InlineData("a ! b", "unexpected character after '!': ' '")]
    [InlineData("(a", "unclosed left parenthesis")]
    [InlineData("a)", "unexpected right parenthesis ')'")]
    [InlineData("a[5m", "unclosed left bracket")]
    [InlineData("a]", "unexpected right bracket ']'")]
    [InlineData("{a", "unexpected end of input inside braces")]
    [InlineData("{{", "unexpected left brace '{'")]
    [InlineData("é", "unexpected character: 'é'")]
    [InlineData("a[:5m]", "unexpected colon before duration in duration expression")]
    public void What_is_no_token_is_an_error_and_the_last_token(string text, string message)
    {
        var lexer = new Lexer(Encoding.UTF8.GetBytes(text));
        Token token = lexer.Next();
        while (token.Kind is not (TokenKind.Error or TokenKind.EndOfInput))
        {
            token = lexer.Next();
        }

        Assert.Equal(message, token.ErrorMessage);
        Assert.Equal(TokenKind.EndOfInput, lexer.Next().Kind);
    }

    [Fact]
    public void Positions_are_bytes()
    {
        var lexer = new Lexer("\"é\" + x"u8.ToArray());
        Assert.Equal(new Token(TokenKind.String, 0, 4), lexer.Next());
        Assert.Equal(new Token(TokenKind.Add, 5, 6), lexer.Next());
        Assert.Equal(new Token(TokenKind.Identifier, 7, 8), lexer.Next());
    }

    [Fact]
    public void The_numbers_that_messages_show_are_upstreams()
    {
        Assert.Equal(57372, (int)TokenKind.SchemaKey);
        Assert.Equal(57402, (int)TokenKind.At);
        Assert.Equal(57448, (int)TokenKind.GaugeType);
    }

    private static string Tokens(string text) => Rest(new Lexer(Encoding.UTF8.GetBytes(text)));

    private static string Rest(Lexer lexer)
    {
        var tokens = new List<string>();
        for (Token token = lexer.Next(); token.Kind != TokenKind.EndOfInput; token = lexer.Next())
        {
            Assert.Null(token.ErrorMessage);
            tokens.Add($"{token.Kind}:{Encoding.UTF8.GetString(lexer.TextOf(token))}");
        }

        return string.Join(' ', tokens);
    }
}
