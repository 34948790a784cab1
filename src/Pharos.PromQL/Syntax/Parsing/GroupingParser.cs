using System.Text;
using System.Text.Unicode;
using Pharos.PromQL.Syntax.Lexing;
using Pharos.PromQL.Syntax.Text;

namespace Pharos.PromQL.Syntax.Parsing;

/// <summary>The label lists of <c>by</c>, <c>without</c>, <c>on</c>, <c>ignoring</c>, <c>group_left</c> and <c>group_right</c>.</summary>
internal sealed class GroupingParser(TokenStream tokens)
{
    private const string Context = "grouping opts";

    /// <summary>Null means unwind.</summary>
    public IReadOnlyList<string>? Parse()
    {
        while (tokens.Kind != TokenKind.LeftParen)
        {
            if (!tokens.RecoverHere(Context, "\"(\""))
            {
                return tokens.IsAborted ? null : [];
            }
        }

        tokens.Take();
        var labels = new List<string>();
        if (tokens.TryTake(TokenKind.RightParen))
        {
            return labels;
        }

        labels.Add(ParseLabel());
        while (!tokens.IsAborted)
        {
            if (tokens.TryTake(TokenKind.RightParen))
            {
                return labels;
            }

            if (!tokens.TryTake(TokenKind.Comma))
            {
                tokens.RecoverHere(Context, "\",\" or \")\"");
            }
            else if (tokens.Kind != TokenKind.RightParen)
            {
                labels.Add(ParseLabel());
            }
        }

        return null;
    }

    private string ParseLabel()
    {
        while (true)
        {
            if (tokens.Kind.IsLabelName())
            {
                return tokens.StringOf(tokens.Take());
            }

            if (tokens.Kind == TokenKind.String)
            {
                Token token = tokens.Take();
                byte[] name = tokens.Unquote(token);
                if (name.Length == 0 || !Utf8.IsValid(name))
                {
                    tokens.AddError(token.Position, $"invalid label name for grouping: {GoText.Quote(name)}");
                }

                return Encoding.UTF8.GetString(name);
            }

            if (!tokens.RecoverHere(Context, "label"))
            {
                return "";
            }
        }
    }
}
