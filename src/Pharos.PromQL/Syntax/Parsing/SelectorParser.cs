using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax.Lexing;
using Pharos.PromQL.Syntax.Nodes;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.PromQL.Syntax.Parsing;

/// <summary>Vector selectors: a metric name, label matchers in braces, or both.</summary>
internal sealed class SelectorParser(TokenStream tokens)
{
    private const string Context = "label matching";

    /// <summary>A selector that begins with this name, accepted already. Null means unwind.</summary>
    public VectorSelector? ParseNamed(Token name)
    {
        var matchers = new List<Matcher>();
        int end = name.End;
        if (tokens.Kind == TokenKind.LeftBrace && !TryParseBraces(matchers, out _, out end))
        {
            return null;
        }

        string metric = tokens.StringOf(name);
        matchers.Add(new Matcher(MatchType.Equal, Label.MetricName, metric));
        return new VectorSelector(metric, matchers, new PositionRange(name.Start, end));
    }

    /// <summary>A selector that begins with a brace, not yet accepted. Null means unwind.</summary>
    public VectorSelector? ParseNameless()
    {
        var matchers = new List<Matcher>();
        return TryParseBraces(matchers, out int start, out int end) ? new VectorSelector("", matchers, new PositionRange(start, end)) : null;
    }

    private bool TryParseBraces(List<Matcher> matchers, out int start, out int end)
    {
        start = tokens.Take().Start;
        if (tokens.Kind != TokenKind.RightBrace)
        {
            ParseMatcher(matchers);
        }

        while (!tokens.IsAborted)
        {
            if (tokens.Kind == TokenKind.RightBrace)
            {
                end = tokens.Take().End;
                return true;
            }

            if (!tokens.TryTake(TokenKind.Comma))
            {
                tokens.RecoverHere(Context, "\",\" or \"}\"");
            }
            else if (tokens.Kind != TokenKind.RightBrace)
            {
                ParseMatcher(matchers);
            }
        }

        end = 0;
        return false;
    }

    // Answers errors itself: the matcher is left out then.
    private void ParseMatcher(List<Matcher> matchers)
    {
        while (tokens.Kind is not (TokenKind.Identifier or TokenKind.String))
        {
            if (!tokens.RecoverHere(Context, "identifier or \"}\""))
            {
                return;
            }
        }

        Token label = tokens.Take();
        bool isQuoted = label.Kind == TokenKind.String;
        string name = isQuoted ? tokens.UnquoteToString(label) : tokens.StringOf(label);
        while (!tokens.Kind.IsMatchOperator())
        {
            if (isQuoted)
            {
                matchers.Add(new Matcher(MatchType.Equal, Label.MetricName, name));
                return;
            }

            if (!tokens.RecoverHere(Context, "label matching operator"))
            {
                return;
            }
        }

        MatchType type = TypeOf(tokens.Take().Kind);
        while (tokens.Kind != TokenKind.String)
        {
            if (!tokens.RecoverHere(Context, "string"))
            {
                return;
            }
        }

        Token value = tokens.Take();
        try
        {
            matchers.Add(new Matcher(type, name, tokens.UnquoteToString(value)));
        }
        catch (RegexSyntaxException e)
        {
            tokens.AddError(new PositionRange(label.Start, value.End), e.Message);
        }
    }

    private static MatchType TypeOf(TokenKind kind) => kind switch
    {
        TokenKind.Equal => MatchType.Equal,
        TokenKind.NotEqual => MatchType.NotEqual,
        TokenKind.EqualRegex => MatchType.Match,
        _ => MatchType.NotMatch,
    };
}
