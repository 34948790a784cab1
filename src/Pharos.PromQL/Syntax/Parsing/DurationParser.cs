using Pharos.PromQL.Syntax.Lexing;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax.Parsing;

/// <summary>What stands in the brackets of a range and behind <c>offset</c>: a literal, or arithmetic over durations.</summary>
internal sealed class DurationParser(TokenStream tokens, ParserOptions options)
{
    private const int UnaryPrecedence = 3;
    private const int MaxDepth = 200;
    private const double MaxSeconds = 9223372036.854775807;

    private readonly LiteralParser _literals = new(tokens);
    private int _depth;

    /// <summary>The value of a literal in nanoseconds.</summary>
    public static long ToNanoseconds(NumberLiteral literal) =>
        (long)Math.Clamp(Math.Round(literal.Value * 1e9, MidpointRounding.AwayFromZero), long.MinValue, long.MaxValue);

    /// <summary>A range or step, which must be above 0. Null means unwind.</summary>
    public Expr? ParsePositive()
    {
        Expr? duration = Parse();
        if (duration is NumberLiteral { Value: <= 0 } literal)
        {
            tokens.AddError(literal.Position, "duration must be greater than 0");
            return Zero();
        }

        return duration;
    }

    /// <summary>
    /// An offset. Without parentheses it ends behind one operand, so that <c>foo offset -2^2</c> is <c>(foo offset -2)^2</c>. Null means unwind.
    /// </summary>
    public Expr? ParseOffset()
    {
        Token? sign = tokens.Kind.IsSign() ? tokens.Take() : null;
        if (_literals.IsNext)
        {
            NumberLiteral literal = _literals.Parse();
            return InRange(sign is { } s ? Signed(s, literal) : literal, sign?.Position ?? literal.Position);
        }

        switch (tokens.Kind)
        {
            case TokenKind.Step or TokenKind.Range or TokenKind.MinOf or TokenKind.MaxOf:
                DurationExpr? named = ParseNamed(isSigned: sign is not null);
                return named is null || sign is null ? named : Checked(Signed(sign.Value, named));
            case TokenKind.LeftParen when sign is not null:
                Expr? inner = ParseParenthesised();
                return inner is null ? null : ApplySign(sign.Value, inner, wrap: true);
            default:
                Expr? operand = sign is null ? ParseOperand() : ParseSigned(sign.Value);
                return operand is null ? null : ParseOperators(operand, 0);
        }
    }

    private Expr? Parse(int minPrecedence = 0)
    {
        if (++_depth > MaxDepth)
        {
            return TooDeep(tokens.Current.Position);
        }

        Expr? operand = ParseOperand();
        Expr? result = operand is null ? null : ParseOperators(operand, minPrecedence);
        _depth--;
        return result;
    }

    private Expr? ParseOperators(Expr left, int minPrecedence)
    {
        while (true)
        {
            Token op = tokens.Current;
            int precedence = PrecedenceOf(op.Kind);
            if (precedence == 0 || precedence < minPrecedence)
            {
                return left;
            }

            tokens.Take();
            Expr? right = Parse(op.Kind == TokenKind.Pow ? precedence : precedence + 1);
            if (right is null)
            {
                return null;
            }

            left = Combine(left, op, right);
            if (left.Depth > MaxDepth)
            {
                return TooDeep(op.Position);
            }
        }
    }

    private Expr? ParseOperand()
    {
        while (true)
        {
            switch (tokens.Kind)
            {
                case TokenKind.Number or TokenKind.Duration:
                    NumberLiteral literal = _literals.Parse();
                    return InRange(literal, literal.Position);
                case TokenKind.Add or TokenKind.Sub:
                    return ParseSigned(tokens.Take());
                case TokenKind.Step or TokenKind.Range or TokenKind.MinOf or TokenKind.MaxOf:
                    return ParseNamed(isSigned: false);
                case TokenKind.LeftParen:
                    return ParseParens();
            }

            if (!tokens.Recover())
            {
                return null;
            }
        }
    }

    private Expr? ParseSigned(Token sign)
    {
        Expr? operand = Parse(UnaryPrecedence);
        return operand is null ? null : ApplySign(sign, operand, wrap: false);
    }

    private Expr? ParseParens()
    {
        Expr? inner = ParseParenthesised();
        if (inner is null)
        {
            return null;
        }

        Checked(inner);
        if (inner is DurationExpr duration)
        {
            duration.Wrapped = true;
        }

        return inner;
    }

    private Expr? ParseParenthesised()
    {
        tokens.Take();
        Expr? inner = Parse();
        return inner is not null && tokens.Expect(TokenKind.RightParen, out _) ? inner : null;
    }

    // step(), range(), min_of(a, b), max_of(a, b)
    private DurationExpr? ParseNamed(bool isSigned)
    {
        Token name = tokens.Take();
        if (!tokens.Expect(TokenKind.LeftParen, out _))
        {
            return null;
        }

        Expr? left = null;
        Expr? right = null;
        if (name.Kind is TokenKind.MinOf or TokenKind.MaxOf)
        {
            left = Parse();
            right = left is not null && tokens.Expect(TokenKind.Comma, out _) ? Parse() : null;
            if (right is null)
            {
                return null;
            }
        }

        if (!tokens.Expect(TokenKind.RightParen, out Token close))
        {
            return null;
        }

        DurationOp op = name.Kind switch
        {
            TokenKind.Step => DurationOp.Step,
            TokenKind.Range => DurationOp.Range,
            TokenKind.MinOf => DurationOp.MinOf,
            _ => DurationOp.MaxOf,
        };

        // Behind a sign upstream ends min_of and max_of with their last operand, and checks the signed whole.
        int end = isSigned && right is not null ? right.Position.End : close.End;
        var result = new DurationExpr(op, left, right, name.Start, end);
        return isSigned ? result : Checked(result);
    }

    private Expr Combine(Expr left, Token op, Expr right)
    {
        Checked(left);
        bool byZero = right is NumberLiteral { Value: 0 };
        switch (op.Kind)
        {
            case TokenKind.Div when byZero:
                tokens.AddError(op.Position, "division by zero");
                return Zero();
            case TokenKind.Mod when byZero:
                tokens.AddError(op.Position, "modulo by zero");
                return Zero();
        }

        DurationOp operation = op.Kind switch
        {
            TokenKind.Add => DurationOp.Add,
            TokenKind.Sub => DurationOp.Sub,
            TokenKind.Mul => DurationOp.Mul,
            TokenKind.Div => DurationOp.Div,
            TokenKind.Mod => DurationOp.Mod,
            _ => DurationOp.Pow,
        };
        return new DurationExpr(operation, left, right);
    }

    private Expr ApplySign(Token sign, Expr operand, bool wrap)
    {
        if (operand is not DurationExpr duration)
        {
            return InRange(Signed(sign, (NumberLiteral)operand), sign.Position);
        }

        duration.Wrapped |= wrap;
        return sign.Kind == TokenKind.Sub ? Signed(sign, duration) : duration;
    }

    private static DurationExpr Signed(Token sign, DurationExpr operand) => new(
        sign.Kind == TokenKind.Sub ? DurationOp.Sub : DurationOp.Add,
        null,
        operand,
        sign.Start,
        operand.Op is DurationOp.MinOf or DurationOp.MaxOf && !operand.Wrapped ? operand.End : 0);

    private static NumberLiteral Signed(Token sign, NumberLiteral literal) =>
        new(sign.Kind == TokenKind.Sub ? -literal.Value : literal.Value, literal.Position with { Start = sign.Start }, literal.IsDuration);

    private NumberLiteral InRange(NumberLiteral literal, PositionRange position)
    {
        if (literal.Value is <= MaxSeconds and >= -MaxSeconds || double.IsNaN(literal.Value))
        {
            return literal;
        }

        tokens.AddError(position, "duration out of range");
        return Zero();
    }

    private T Checked<T>(T duration)
        where T : Expr
    {
        if (!options.DurationExpressions)
        {
            tokens.AddError(duration.Position, "experimental duration expression is not enabled");
        }

        return duration;
    }

    private Expr? TooDeep(PositionRange position)
    {
        tokens.Abort(position, $"duration expression is nested more than {MaxDepth} levels deep");
        return null;
    }

    private static NumberLiteral Zero() => new(0, default);

    private static int PrecedenceOf(TokenKind kind) => kind switch
    {
        TokenKind.Add or TokenKind.Sub => 1,
        TokenKind.Mul or TokenKind.Div or TokenKind.Mod => 2,
        TokenKind.Pow => 3,
        _ => 0,
    };
}
