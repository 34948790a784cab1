using System.Globalization;
using Pharos.PromQL.Syntax.Lexing;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax.Parsing;

/// <summary>What stands behind an expression: ranges and subqueries, <c>offset</c>, <c>@</c>, <c>anchored</c>, <c>smoothed</c>.</summary>
internal sealed class TimeModifierParser(TokenStream tokens, ParserOptions options)
{
    private const string NotASelector = "must be preceded by an instant vector selector or range vector selector or a subquery";

    private readonly DurationParser _durations = new(tokens, options);
    private readonly LiteralParser _literals = new(tokens);

    public bool IsNext =>
        tokens.Kind is TokenKind.LeftBracket or TokenKind.Offset or TokenKind.At or TokenKind.Anchored or TokenKind.Smoothed;

    /// <summary>Applies the modifier that <see cref="IsNext"/> has seen. Answers errors itself: the expression stays as it was. Null means unwind.</summary>
    public Expr? Parse(Expr expr)
    {
        Token token = tokens.Take();
        Expr? result = token.Kind switch
        {
            TokenKind.LeftBracket => ParseBrackets(expr, token),
            TokenKind.Offset => ParseOffset(expr),
            TokenKind.At => ParseAt(expr),
            _ => MarkExtended(expr, token.Kind == TokenKind.Anchored),
        };
        return tokens.IsAborted ? null : result;
    }

    private Expr ParseBrackets(Expr expr, Token open)
    {
        Expr? range = _durations.ParsePositive();
        if (range is null)
        {
            tokens.Unexpected("subquery or range selector", "number, duration, step(), or range()");
            return expr;
        }

        while (true)
        {
            switch (tokens.Kind)
            {
                case TokenKind.RightBracket:
                    return MakeRange(expr, open, range, tokens.Take());
                case TokenKind.Colon:
                    tokens.Take();
                    return ParseSubquery(expr, range);
            }

            if (!tokens.RecoverHere("subquery or range", "\":\" or \"]\""))
            {
                return expr;
            }
        }
    }

    private Expr ParseSubquery(Expr expr, Expr range)
    {
        Expr? step = null;
        if (tokens.Kind != TokenKind.RightBracket)
        {
            step = _durations.ParsePositive();
            if (step is null)
            {
                tokens.Unexpected("subquery selector", "number, duration, step(), range(), or \"]\"");
                return expr;
            }
        }

        while (tokens.Kind != TokenKind.RightBracket)
        {
            if (!tokens.RecoverHere("subquery selector", "\"]\""))
            {
                return expr;
            }
        }

        return new SubqueryExpr(expr, Constant(range), range as DurationExpr, Constant(step), step as DurationExpr, tokens.Take().End);
    }

    private Expr MakeRange(Expr expr, Token open, Expr range, Token close)
    {
        string? error = expr switch
        {
            not VectorSelector => "ranges only allowed for vector selectors",
            VectorSelector { OffsetNanoseconds: not 0 } => "no offset modifiers allowed before range",
            VectorSelector { Timestamp: not null } => "no @ modifiers allowed before range",
            _ => null,
        };
        if (error is not null)
        {
            tokens.AddError(new PositionRange(open.Start, close.End), error);
        }

        return expr is VectorSelector selector
            ? new MatrixSelector(selector, Constant(range), range as DurationExpr, tokens.LastClosing)
            : new BadExpr(new PositionRange(expr.Position.Start, tokens.LastClosing), isRange: true);
    }

    private static long Constant(Expr? duration) => duration is NumberLiteral literal ? DurationParser.ToNanoseconds(literal) : 0;

    private Expr ParseOffset(Expr expr)
    {
        Expr? offset = _durations.ParseOffset();
        if (offset is null)
        {
            tokens.Unexpected("offset", "number, duration, step(), or range()");
        }
        else if (FindTimeShifted(expr, "offset modifier") is { } shifted)
        {
            if (shifted.OffsetNanoseconds != 0 || shifted.OffsetExpr is not null)
            {
                tokens.AddError(expr.Position, "offset may not be set multiple times");
            }
            else
            {
                shifted.SetOffset(Constant(offset), offset as DurationExpr);
            }

            expr.MoveEnd(tokens.LastClosing);
        }

        return expr;
    }

    private Expr ParseAt(Expr expr)
    {
        while (true)
        {
            if (tokens.Kind is TokenKind.Start or TokenKind.End)
            {
                AtModifier word = tokens.Take().Kind == TokenKind.Start ? AtModifier.Start : AtModifier.End;
                if (tokens.Expect(TokenKind.LeftParen, out _) && tokens.Expect(TokenKind.RightParen, out _))
                {
                    SetAt(expr, null, word);
                    return expr;
                }

                break;
            }

            if (tokens.Kind.IsSign() || _literals.IsNext)
            {
                if (TryParseTimestamp(out double seconds))
                {
                    SetTimestamp(expr, seconds);
                    return expr;
                }

                break;
            }

            if (!tokens.Recover())
            {
                break;
            }
        }

        tokens.Unexpected("@", "timestamp");
        return expr;
    }

    private bool TryParseTimestamp(out double seconds)
    {
        seconds = 0;
        bool isNegative = tokens.Kind.IsSign() && tokens.Take().Kind == TokenKind.Sub;
        while (!_literals.IsNext)
        {
            if (!tokens.Recover())
            {
                return false;
            }
        }

        double value = _literals.Parse().Value;
        seconds = isNegative ? -value : value;
        return true;
    }

    private void SetTimestamp(Expr expr, double seconds)
    {
        if (!double.IsFinite(seconds) || seconds is >= long.MaxValue or <= long.MinValue)
        {
            string shown = double.IsFinite(seconds) ? seconds.ToString("F6", CultureInfo.InvariantCulture)
                : double.IsNaN(seconds) ? "NaN"
                : seconds > 0 ? "+Inf" : "-Inf";
            tokens.AddError(expr.Position, $"timestamp out of bounds for @ modifier: {shown}");
            seconds = 0;
        }

        double milliseconds = Math.Round(seconds * 1000, MidpointRounding.AwayFromZero);
        SetAt(expr, (long)Math.Clamp(milliseconds, long.MinValue, long.MaxValue), AtModifier.None);
    }

    private void SetAt(Expr expr, long? timestamp, AtModifier word)
    {
        if (FindTimeShifted(expr, "@ modifier") is not { } shifted)
        {
            return;
        }

        if (shifted.Timestamp is not null || shifted.StartOrEnd != AtModifier.None)
        {
            tokens.AddError(expr.Position, "@ <timestamp> may not be set multiple times");
            return;
        }

        shifted.SetAt(timestamp, word);
        expr.MoveEnd(tokens.LastClosing);
    }

    private TimeShiftedExpr? FindTimeShifted(Expr expr, string modifier)
    {
        switch (expr)
        {
            case TimeShiftedExpr shifted:
                return shifted;
            case MatrixSelector matrix:
                return matrix.Selector;
            case BadExpr { IsRange: true }:
                tokens.AddError(expr.Position, "ranges only allowed for vector selectors");
                return null;
            default:
                tokens.AddError(expr.Position, $"{modifier} {NotASelector}");
                return null;
        }
    }

    private Expr MarkExtended(Expr expr, bool isAnchored)
    {
        string name = isAnchored ? "anchored" : "smoothed";
        VectorSelector? selector = expr as VectorSelector ?? (expr as MatrixSelector)?.Selector;
        if (!options.ExtendedRangeSelectors)
        {
            tokens.AddError(expr.Position, $"{name} modifier is experimental and not enabled");
        }
        else if (selector is not null)
        {
            selector.Anchored |= isAnchored;
            selector.Smoothed |= !isAnchored;
            if (selector.Anchored && selector.Smoothed)
            {
                tokens.AddError(expr.Position, "anchored and smoothed modifiers cannot be used together");
            }
        }
        else if (expr is SubqueryExpr)
        {
            tokens.AddError(expr.Position, $"{name} modifier is not supported for subqueries");
        }
        else if (expr is not BadExpr { IsRange: true })
        {
            tokens.AddError(expr.Position, $"{name} modifier not implemented");
        }

        return expr;
    }
}
