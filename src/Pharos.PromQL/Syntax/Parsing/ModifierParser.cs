using Pharos.PromQL.Syntax.Lexing;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax.Parsing;

/// <summary>What stands between a binary operator and its right side: <c>bool</c>, <c>on</c>, <c>ignoring</c>, <c>group_…</c>, <c>fill…</c>.</summary>
internal sealed class ModifierParser(TokenStream tokens, GroupingParser groupings)
{
    private readonly LiteralParser _literals = new(tokens);

    /// <summary>False means unwind.</summary>
    public bool TryParse(out VectorMatching matching, out bool returnBool)
    {
        matching = new VectorMatching();
        returnBool = tokens.TryTake(TokenKind.Bool);
        return TryParseLabels(matching) && TryParseFills(matching);
    }

    private bool TryParseLabels(VectorMatching matching)
    {
        if (tokens.Kind is not (TokenKind.On or TokenKind.Ignoring))
        {
            return true;
        }

        matching.On = tokens.Take().Kind == TokenKind.On;
        if (groupings.Parse() is not { } labels)
        {
            return false;
        }

        matching.MatchingLabels = labels;
        if (tokens.Kind is not (TokenKind.GroupLeft or TokenKind.GroupRight))
        {
            return true;
        }

        matching.Card = tokens.Take().Kind == TokenKind.GroupLeft ? MatchCardinality.ManyToOne : MatchCardinality.OneToMany;
        if (tokens.Kind != TokenKind.LeftParen)
        {
            return true;
        }

        if (groupings.Parse() is not { } include)
        {
            return false;
        }

        matching.Include = include;
        return true;
    }

    private bool TryParseFills(VectorMatching matching)
    {
        TokenKind first = tokens.Kind;
        if (first is not (TokenKind.Fill or TokenKind.FillLeft or TokenKind.FillRight))
        {
            return true;
        }

        if (!TryParseFill(matching))
        {
            return false;
        }

        bool otherSideFollows = (first == TokenKind.FillLeft && tokens.Kind == TokenKind.FillRight)
            || (first == TokenKind.FillRight && tokens.Kind == TokenKind.FillLeft);
        return !otherSideFollows || TryParseFill(matching);
    }

    private bool TryParseFill(VectorMatching matching)
    {
        TokenKind side = tokens.Take().Kind;
        if (!tokens.Expect(TokenKind.LeftParen, out _))
        {
            return false;
        }

        bool isNegative = tokens.Kind.IsSign() && tokens.Take().Kind == TokenKind.Sub;
        while (!_literals.IsNext)
        {
            if (!tokens.Recover())
            {
                return false;
            }
        }

        double value = _literals.Parse().Value;
        value = isNegative ? -value : value;
        if (side != TokenKind.FillRight)
        {
            matching.FillLeft = value;
        }

        if (side != TokenKind.FillLeft)
        {
            matching.FillRight = value;
        }

        return tokens.Expect(TokenKind.RightParen, out _);
    }
}
