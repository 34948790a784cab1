using System.Runtime.CompilerServices;
using Pharos.Core.Labels;

namespace Pharos.Templating.Syntax;

/// <summary>Reads pipelines, and knows which variables there are.</summary>
internal sealed class OperandReader(TokenStream tokens, Func<string, bool> isFunction)
{
    private List<string> _variables = ["$"];

    public int VariableCount => _variables.Count;

    public void PopVariables(int count) => _variables.RemoveRange(count, _variables.Count - count);

    /// <summary>Begins a template of its own; gives what <see cref="RestoreVariables"/> takes.</summary>
    public List<string> StartVariables()
    {
        List<string> outer = _variables;
        _variables = ["$"];
        return outer;
    }

    public void RestoreVariables(List<string> outer) => _variables = outer;

    /// <summary>Reads a pipeline and the token that ends it.</summary>
    public PipeNode ReadPipeline(string context, TokenKind end)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw tokens.Error("nested too deeply");
        }

        var pipe = new PipeNode(tokens.PeekNonSpace().Position);
        while (ReadVariable(pipe, context))
        {
        }

        while (true)
        {
            int mark = tokens.Mark();
            Token token = tokens.NextNonSpace();
            if (token.Kind == end)
            {
                Check(pipe, context);
                return pipe;
            }

            if (!StartsOperand(token.Kind))
            {
                throw tokens.Unexpected(token, context);
            }

            tokens.Reset(mark);
            pipe.Commands.Add(ReadCommand());
        }
    }

    private static bool StartsOperand(TokenKind kind) => kind is TokenKind.Bool or TokenKind.CharConstant or TokenKind.Dot or TokenKind.Field
        or TokenKind.Identifier or TokenKind.Number or TokenKind.Nil or TokenKind.RawString or TokenKind.String or TokenKind.Variable or TokenKind.LeftParen;

    // True when another one follows.
    private bool ReadVariable(PipeNode pipe, string context)
    {
        int mark = tokens.Mark();
        Token variable = tokens.NextNonSpace();
        Token next = tokens.PeekNonSpace();
        if (variable.Kind != TokenKind.Variable)
        {
            tokens.Reset(mark);
            return false;
        }

        if (next.Kind is TokenKind.Assign or TokenKind.Declare)
        {
            pipe.IsAssignment = next.Kind == TokenKind.Assign;
            _ = tokens.NextNonSpace();
            pipe.Variables.Add(variable.Text);
            _variables.Add(variable.Text);
            return false;
        }

        if (next.Kind != TokenKind.Char || next.Text != ",")
        {
            tokens.Reset(mark);
            return false;
        }

        _ = tokens.NextNonSpace();
        pipe.Variables.Add(variable.Text);
        _variables.Add(variable.Text);
        if (context != "range" || pipe.Variables.Count >= 2)
        {
            throw tokens.Error($"too many declarations in {context}");
        }

        return tokens.PeekNonSpace().Kind is TokenKind.Variable or TokenKind.RightDelim or TokenKind.RightParen
            ? true
            : throw tokens.Error("range can only initialize variables");
    }

    private void Check(PipeNode pipe, string context)
    {
        if (pipe.Commands.Count == 0)
        {
            throw tokens.Error($"missing value for {context}");
        }

        for (int i = 1; i < pipe.Commands.Count; i++)
        {
            if (pipe.Commands[i].Operands[0] is BoolNode or DotNode or NilNode or NumberNode or StringNode)
            {
                throw tokens.Error($"non executable command in pipeline stage {i + 1}");
            }
        }
    }

    private CommandNode ReadCommand()
    {
        var command = new CommandNode(tokens.PeekNonSpace().Position);
        while (true)
        {
            _ = tokens.PeekNonSpace();
            if (ReadOperand() is { } operand)
            {
                command.Operands.Add(operand);
            }

            int mark = tokens.Mark();
            Token token = tokens.Next();
            if (token.Kind == TokenKind.Space)
            {
                continue;
            }

            if (token.Kind is TokenKind.RightDelim or TokenKind.RightParen)
            {
                tokens.Reset(mark);
            }
            else if (token.Kind != TokenKind.Pipe)
            {
                throw tokens.Unexpected(token, "operand");
            }

            break;
        }

        return command.Operands.Count > 0 ? command : throw tokens.Error("empty command");
    }

    private Node? ReadOperand()
    {
        Node? term = ReadTerm();
        if (term is null || tokens.Peek().Kind != TokenKind.Field)
        {
            return term;
        }

        int position = tokens.Peek().Position;
        var names = new List<string>();
        while (tokens.Peek().Kind == TokenKind.Field)
        {
            names.Add(tokens.Next().Text[1..]);
        }

        return term switch
        {
            FieldNode field => new FieldNode(position, [.. field.Names, .. names]),
            VariableNode variable => new VariableNode(position, variable.Name, names),
            BoolNode or StringNode or NumberNode or NilNode or DotNode => throw tokens.Error($"unexpected . after term {GoQuote.Quote(term.ToString()!)}"),
            _ => new ChainNode(position, term, names),
        };
    }

    private Node? ReadTerm()
    {
        int mark = tokens.Mark();
        Token token = tokens.NextNonSpace();
        switch (token.Kind)
        {
            case TokenKind.Identifier:
                return isFunction(token.Text) ? new IdentifierNode(token.Position, token.Text) : throw tokens.Error($"function {GoQuote.Quote(token.Text)} not defined");
            case TokenKind.Dot:
                return new DotNode(token.Position);
            case TokenKind.Nil:
                return new NilNode(token.Position);
            case TokenKind.Variable:
                return _variables.Contains(token.Text, StringComparer.Ordinal)
                    ? new VariableNode(token.Position, token.Text, [])
                    : throw tokens.Error($"undefined variable {GoQuote.Quote(token.Text)}");
            case TokenKind.Field:
                return new FieldNode(token.Position, [token.Text[1..]]);
            case TokenKind.Bool:
                return new BoolNode(token.Position, token.Text == "true");
            case TokenKind.CharConstant:
                return ReadChar(token);
            case TokenKind.Number:
                return ReadNumber(token);
            case TokenKind.LeftParen:
                return ReadPipeline("parenthesized pipeline", TokenKind.RightParen);
            case TokenKind.String or TokenKind.RawString:
                return new StringNode(token.Position, token.Text, GoLiteral.Unquote(token.Text) ?? throw tokens.Error("invalid syntax"));
            default:
                tokens.Reset(mark);
                return null;
        }
    }

    private NumberNode ReadChar(Token token)
    {
        int rune = GoLiteral.UnquoteChar(token.Text) ?? throw tokens.Error($"malformed character constant: {token.Text}");
        return new NumberNode(token.Position, token.Text, rune, rune, isReal: false);
    }

    private NumberNode ReadNumber(Token token)
    {
        long? whole = GoLiteral.ParseWhole(token.Text);
        double? real = whole is { } exact ? exact : GoLiteral.ParseReal(token.Text);
        bool looksReal = token.Text.AsSpan().ContainsAny(".pP") || (token.Text.AsSpan().ContainsAny("eE") && !token.Text.Contains('x', StringComparison.OrdinalIgnoreCase));
        if (whole is null && !looksReal)
        {
            throw tokens.Error(real is null ? $"illegal number syntax: {GoQuote.Quote(token.Text)}" : $"integer overflow: {GoQuote.Quote(token.Text)}");
        }

        if (real is not { } value)
        {
            throw tokens.Error($"illegal number syntax: {GoQuote.Quote(token.Text)}");
        }

        const double TwoTo63 = 9223372036854775808.0;
        if (whole is null && value == Math.Truncate(value) && value is >= -TwoTo63 and < TwoTo63)
        {
            whole = (long)value;
        }

        return new NumberNode(token.Position, token.Text, whole, value, looksReal);
    }
}
