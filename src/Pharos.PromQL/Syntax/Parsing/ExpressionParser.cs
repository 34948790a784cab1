using System.Runtime.CompilerServices;
using Pharos.Core.Labels;
using Pharos.PromQL.Syntax.Functions;
using Pharos.PromQL.Syntax.Lexing;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax.Parsing;

/// <summary>Expressions, by precedence climbing. Every method answers null to unwind after an error, see <see cref="TokenStream"/>.</summary>
internal sealed class ExpressionParser
{
    // Signs bind like multiplication, weaker than powers.
    private const int UnaryPrecedence = 5;
    private const int LowestPrecedence = 1;

    private readonly TokenStream _tokens;
    private readonly ParserOptions _options;
    private readonly GroupingParser _groupings;
    private readonly ModifierParser _modifiers;
    private readonly SelectorParser _selectors;
    private readonly TimeModifierParser _timeModifiers;
    private readonly LiteralParser _literals;
    private int _depth;

    public ExpressionParser(TokenStream tokens, ParserOptions options)
    {
        _tokens = tokens;
        _options = options;
        _groupings = new GroupingParser(tokens);
        _modifiers = new ModifierParser(tokens, _groupings);
        _selectors = new SelectorParser(tokens);
        _timeModifiers = new TimeModifierParser(tokens, options);
        _literals = new LiteralParser(tokens);
    }

    public Expr? Parse() => Parse(LowestPrecedence);

    private Expr? Parse(int minPrecedence)
    {
        if (++_depth > _options.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _tokens.Abort(_tokens.Current.Position, PromQLParser.TooDeep(_options));
            return null;
        }

        Expr? left = ParseOperand();
        while (left is not null)
        {
            if (_timeModifiers.IsNext)
            {
                left = _timeModifiers.Parse(left);
                continue;
            }

            Token op = _tokens.Current;
            int precedence = PrecedenceOf(op.Kind);
            if (precedence < minPrecedence)
            {
                break;
            }

            left = ParseBinary(left, _tokens.Take(), op.Kind == TokenKind.Pow ? precedence : precedence + 1);
        }

        _depth--;
        return left;
    }

    private BinaryExpr? ParseBinary(Expr left, Token op, int rightPrecedence)
    {
        if (!_modifiers.TryParse(out VectorMatching matching, out bool returnBool) || Parse(rightPrecedence) is not { } right)
        {
            return null;
        }

        var result = new BinaryExpr(OperatorOf(op.Kind), left, right, matching, returnBool);
        if (!_options.BinopFillModifiers && (matching.FillLeft is not null || matching.FillRight is not null))
        {
            _tokens.AddError(result.Position, "binop fill modifiers are experimental and not enabled");
        }

        return result;
    }

    private Expr? ParseOperand()
    {
        while (true)
        {
            TokenKind kind = _tokens.Kind;
            switch (kind)
            {
                case TokenKind.Number or TokenKind.Duration:
                    return _literals.Parse();
                case TokenKind.String:
                    Token text = _tokens.Take();
                    return new StringLiteral(_tokens.Unquote(text), text.Position);
                case TokenKind.Add or TokenKind.Sub:
                    return ParseSigned();
                case TokenKind.LeftParen:
                    return ParseParens();
                case TokenKind.LeftBrace:
                    return _selectors.ParseNameless();
                default:
                    if (kind.IsMetricName())
                    {
                        return ParseNamed(_tokens.Take());
                    }

                    break;
            }

            if (!_tokens.Recover())
            {
                return null;
            }
        }
    }

    private Expr? ParseSigned()
    {
        Token sign = _tokens.Take();
        Expr? operand = Parse(UnaryPrecedence + 1);
        return operand switch
        {
            null => null,
            NumberLiteral number => new NumberLiteral(
                sign.Kind == TokenKind.Sub ? -number.Value : number.Value,
                number.Position with { Start = sign.Start },
                number.IsDuration),
            _ => new UnaryExpr(sign.Kind == TokenKind.Sub ? UnaryOp.Minus : UnaryOp.Plus, operand, sign.Start),
        };
    }

    private ParenExpr? ParseParens()
    {
        Token open = _tokens.Take();
        return Parse() is { } inner && _tokens.Expect(TokenKind.RightParen, out Token close)
            ? new ParenExpr(inner, new PositionRange(open.Start, close.End))
            : null;
    }

    // Aggregation operators and most keywords are metric names where nothing follows that makes them more.
    private Expr? ParseNamed(Token name)
    {
        TokenKind next = _tokens.Kind;
        if (name.Kind.IsAggregator() && next is TokenKind.LeftParen or TokenKind.By or TokenKind.Without)
        {
            return ParseAggregation(name);
        }

        bool mayBeFunction = name.Kind == TokenKind.Identifier || name.Kind.IsPreprocessor();
        return mayBeFunction && next == TokenKind.LeftParen ? ParseCall(name) : _selectors.ParseNamed(name);
    }

    private Expr? ParseCall(Token name)
    {
        if (ParseArguments() is not { } arguments)
        {
            return null;
        }

        var position = new PositionRange(name.Start, _tokens.LastClosing);
        string text = _tokens.StringOf(name);
        if (!FunctionTable.TryGet(text, out Function? function))
        {
            _tokens.AddError(name.Position, $"unknown function with name {GoQuote.Quote(text)}");
            return new BadExpr(position);
        }

        if (function.IsExperimental && !_options.ExperimentalFunctions)
        {
            _tokens.AddError(name.Position, $"function {GoQuote.Quote(text)} is not enabled");
        }

        return new Call(function, arguments, position);
    }

    private List<Expr>? ParseArguments()
    {
        _tokens.Take();
        var arguments = new List<Expr>();
        while (!_tokens.Kind.StartsExpression())
        {
            if (_tokens.TryTake(TokenKind.RightParen))
            {
                return arguments;
            }

            if (!_tokens.Recover())
            {
                return null;
            }
        }

        bool isArgumentNext = true;
        while (true)
        {
            if (isArgumentNext)
            {
                if (Parse() is not { } argument)
                {
                    return null;
                }

                arguments.Add(argument);
            }

            isArgumentNext = false;
            if (_tokens.TryTake(TokenKind.RightParen))
            {
                return arguments;
            }

            if (_tokens.Kind == TokenKind.Comma)
            {
                Token comma = _tokens.Take();
                isArgumentNext = _tokens.Kind.StartsExpression();
                if (!isArgumentNext)
                {
                    _tokens.AddError(comma.Position, "trailing commas not allowed in function call args");
                }
            }
            else if (!_tokens.Recover())
            {
                return null;
            }
        }
    }

    // Answers errors inside it.
    private Expr? ParseAggregation(Token op)
    {
        Expr? result = null;
        if (_tokens.Kind == TokenKind.LeftParen)
        {
            if (ParseArguments() is { } arguments)
            {
                bool hasModifier = _tokens.Kind is TokenKind.By or TokenKind.Without;
                bool without = hasModifier && _tokens.Take().Kind == TokenKind.Without;
                IReadOnlyList<string>? grouping = hasModifier ? _groupings.Parse() : [];
                int end = hasModifier ? _tokens.LastClosing : _tokens.FindPreviousRightParen();
                result = grouping is null ? null : MakeAggregation(op, arguments, grouping, without, end);
            }
        }
        else
        {
            bool without = _tokens.Take().Kind == TokenKind.Without;
            if (_groupings.Parse() is { } grouping && SkipToArguments() && ParseArguments() is { } arguments)
            {
                result = MakeAggregation(op, arguments, grouping, without, _tokens.LastClosing);
            }
        }

        if (result is null && !_tokens.IsAborted)
        {
            _tokens.Unexpected("aggregation", "");
            result = MakeAggregation(op, [], [], without: false, _tokens.LastClosing);
        }

        return result;
    }

    private bool SkipToArguments()
    {
        while (_tokens.Kind != TokenKind.LeftParen)
        {
            if (!_tokens.Recover())
            {
                return false;
            }
        }

        return true;
    }

    private Expr MakeAggregation(Token token, List<Expr> arguments, IReadOnlyList<string> grouping, bool without, int end)
    {
        var position = new PositionRange(token.Start, end);
        AggregateOp op = AggregateOf(token.Kind);
        int wanted = op.HasParameter() ? 2 : 1;
        string? error = null;
        if (arguments.Count == 0)
        {
            error = "no arguments for aggregate expression provided";
        }
        else if (op.IsExperimental() && !_options.ExperimentalFunctions)
        {
            error = $"{op.Text()}() is experimental and must be enabled with --enable-feature=promql-experimental-functions";
        }
        else if (arguments.Count != wanted)
        {
            error = $"wrong number of arguments for aggregate expression provided, expected {wanted}, got {arguments.Count}";
        }

        if (error is not null)
        {
            _tokens.AddError(position, error);
            return new BadExpr(position);
        }

        return new AggregateExpr(op, arguments[wanted - 1], wanted == 2 ? arguments[0] : null, grouping, without, position);
    }

    private static int PrecedenceOf(TokenKind kind) => kind switch
    {
        TokenKind.Or => 1,
        TokenKind.And or TokenKind.Unless => 2,
        TokenKind.EqualEqual or TokenKind.NotEqual or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual
            or TokenKind.TrimUpper or TokenKind.TrimLower => 3,
        TokenKind.Add or TokenKind.Sub => 4,
        TokenKind.Mul or TokenKind.Div or TokenKind.Mod or TokenKind.Atan2 => UnaryPrecedence,
        TokenKind.Pow => 6,
        _ => 0,
    };

    private static BinaryOp OperatorOf(TokenKind kind) => kind switch
    {
        TokenKind.Add => BinaryOp.Add,
        TokenKind.Sub => BinaryOp.Sub,
        TokenKind.Mul => BinaryOp.Mul,
        TokenKind.Div => BinaryOp.Div,
        TokenKind.Mod => BinaryOp.Mod,
        TokenKind.Pow => BinaryOp.Pow,
        TokenKind.Atan2 => BinaryOp.Atan2,
        TokenKind.EqualEqual => BinaryOp.Equal,
        TokenKind.NotEqual => BinaryOp.NotEqual,
        TokenKind.Greater => BinaryOp.Greater,
        TokenKind.Less => BinaryOp.Less,
        TokenKind.GreaterOrEqual => BinaryOp.GreaterOrEqual,
        TokenKind.LessOrEqual => BinaryOp.LessOrEqual,
        TokenKind.TrimUpper => BinaryOp.TrimUpper,
        TokenKind.TrimLower => BinaryOp.TrimLower,
        TokenKind.And => BinaryOp.And,
        TokenKind.Or => BinaryOp.Or,
        _ => BinaryOp.Unless,
    };

    private static AggregateOp AggregateOf(TokenKind kind) => (AggregateOp)(kind - TokenKind.Avg);
}
