using System.Text.Unicode;
using Pharos.Core.Labels;

namespace Pharos.Scrape.Exposition;

/// <summary>Reads the labels of one pair of braces, token by token. The formats differ in the rules that the caller names.</summary>
internal static class LabelTokens
{
    /// <summary>Reads behind the opening brace up to and with the closing one.</summary>
    /// <param name="lexer">The tokens.</param>
    /// <param name="cursor">The lexer's own.</param>
    /// <param name="named">Whether the metric name stood before the brace.</param>
    /// <param name="commas">Whether a comma must stand between labels.</param>
    /// <param name="names">Whether a quoted metric name may stand inside.</param>
    /// <returns>Whether there is a name, before the brace or inside.</returns>
    /// <exception cref="ExpositionException">A token that is none of labels, or a value that is not UTF-8.</exception>
    public static bool Read<TLexer>(ref TLexer lexer, ref ExpositionCursor cursor, bool named, bool commas, bool names)
        where TLexer : struct, IExpositionLexer, allows ref struct
    {
        ExpositionToken token = lexer.Next();
        while (token != ExpositionToken.BraceClose)
        {
            if (token is not (ExpositionToken.LabelName or ExpositionToken.QuotedString))
            {
                throw cursor.Unexpected("expected label name", token);
            }

            bool quoted = token == ExpositionToken.QuotedString;
            token = lexer.Next();
            if (quoted && token is ExpositionToken.Comma or ExpositionToken.BraceClose)
            {
                if (!names)
                {
                    throw cursor.Unexpected("expected label name", token);
                }

                if (named)
                {
                    throw cursor.WhileParsing("metric name already set");
                }

                named = true;
            }
            else
            {
                ReadValue(ref lexer, ref cursor, token);
                token = lexer.Next();
            }

            if (token == ExpositionToken.Comma)
            {
                token = lexer.Next();
            }
            else if (commas && token != ExpositionToken.BraceClose)
            {
                throw cursor.Unexpected("expected comma or brace close", token);
            }
        }

        return named;
    }

    private static void ReadValue<TLexer>(ref TLexer lexer, ref ExpositionCursor cursor, ExpositionToken equal)
        where TLexer : struct, IExpositionLexer, allows ref struct
    {
        if (equal != ExpositionToken.Equal)
        {
            throw cursor.Unexpected("expected equal", equal);
        }

        ExpositionToken token = lexer.Next();
        if (token != ExpositionToken.LabelValue)
        {
            throw cursor.Unexpected("expected label value", token);
        }

        if (cursor.MayBeNonAscii && !Utf8.IsValid(cursor.Token))
        {
            throw new ExpositionException($"invalid UTF-8 label value: {GoQuote.Quote(cursor.Token)}");
        }
    }
}
