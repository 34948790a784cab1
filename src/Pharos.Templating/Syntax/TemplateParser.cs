using System.Runtime.CompilerServices;
using Pharos.Core.Labels;

namespace Pharos.Templating.Syntax;

/// <summary>Tokens to trees. One instance parses one text.</summary>
internal sealed class TemplateParser
{
    private readonly string _name;
    private readonly string _text;
    private readonly OperandReader _operands;
    private readonly TokenStream _tokens;
    private readonly Dictionary<string, TemplateTree> _trees;
    private int _loops;

    /// <param name="name">The name of the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="isFunction">Which functions there are.</param>
    /// <param name="trees">Where definitions go; may have some already.</param>
    public TemplateParser(string name, string text, Func<string, bool> isFunction, Dictionary<string, TemplateTree> trees)
    {
        _name = name;
        _text = text;
        _trees = trees;
        _tokens = new TokenStream(name, TemplateLexer.Read(text));
        _operands = new OperandReader(_tokens, isFunction);
    }

    /// <summary>Parses all of the text.</summary>
    /// <exception cref="TemplateException">The text is not well-formed.</exception>
    public void Parse()
    {
        var root = new ListNode(0);
        while (_tokens.Peek().Kind != TokenKind.Eof)
        {
            if (_tokens.Peek().Kind == TokenKind.LeftDelim)
            {
                int mark = _tokens.Mark();
                _ = _tokens.Next();
                if (_tokens.NextNonSpace().Kind == TokenKind.Define)
                {
                    ParseDefinition();
                    continue;
                }

                _tokens.Reset(mark);
            }

            if (ReadItem(out Node? node) is { } end)
            {
                throw _tokens.Error($"unexpected {Describe(end)}");
            }

            root.Nodes.Add(node!);
        }

        Add(new TemplateTree(_name, _name, _text, root));
    }

    private static string Describe(ControlEnd end) => end == ControlEnd.End ? "{{end}}" : "{{else}}";

    private void Add(TemplateTree tree)
    {
        if (!_trees.TryGetValue(tree.Name, out TemplateTree? known) || known.IsEmpty)
        {
            _trees[tree.Name] = tree;
        }
        else if (!tree.IsEmpty)
        {
            // A later text may define again; one text may not.
            if (string.Equals(known.Source, tree.Source, StringComparison.Ordinal))
            {
                throw _tokens.Error($"multiple definition of template {GoQuote.Quote(tree.Name)}");
            }

            _trees[tree.Name] = tree;
        }
    }

    private void ParseDefinition()
    {
        const string Context = "define clause";
        string name = ReadTemplateName(_tokens.NextNonSpace(), Context);
        _tokens.Expect(TokenKind.RightDelim, Context);
        Define(name, Context);
    }

    // Reads a body with variables and loops of its own.
    private void Define(string name, string context)
    {
        List<string> outer = _operands.StartVariables();
        int loops = _loops;
        _loops = 0;
        ListNode body = ReadList(out ControlEnd end);
        if (end != ControlEnd.End)
        {
            throw _tokens.Error($"unexpected {Describe(end)} in {context}");
        }

        _loops = loops;
        _operands.RestoreVariables(outer);
        Add(new TemplateTree(name, _name, _text, body));
    }

    private ListNode ReadList(out ControlEnd end)
    {
        var list = new ListNode(_tokens.PeekNonSpace().Position);
        while (_tokens.PeekNonSpace().Kind != TokenKind.Eof)
        {
            if (ReadItem(out Node? node) is { } found)
            {
                end = found;
                return list;
            }

            list.Nodes.Add(node!);
        }

        throw _tokens.Error("unexpected EOF");
    }

    // Null when it is a node, else what ended the list.
    private ControlEnd? ReadItem(out Node? node)
    {
        Token token = _tokens.NextNonSpace();
        switch (token.Kind)
        {
            case TokenKind.Text:
                node = new TextNode(token.Position, token.Text);
                return null;
            case TokenKind.LeftDelim:
                _tokens.ActionLine = token.Line;
                ControlEnd? end = ReadAction(out node);
                _tokens.ActionLine = 0;
                return end;
            default:
                throw _tokens.Unexpected(token, "input");
        }
    }

    private ControlEnd? ReadAction(out Node? node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw _tokens.Error("nested too deeply");
        }

        node = null;
        int mark = _tokens.Mark();
        Token token = _tokens.NextNonSpace();
        switch (token.Kind)
        {
            case TokenKind.End:
                _tokens.Expect(TokenKind.RightDelim, "end");
                return ControlEnd.End;
            case TokenKind.Else:
                return ReadElse();
            case TokenKind.If:
                node = ReadBranch(BranchKind.If, "if");
                return null;
            case TokenKind.With:
                node = ReadBranch(BranchKind.With, "with");
                return null;
            case TokenKind.Range:
                node = ReadBranch(BranchKind.Range, "range");
                return null;
            case TokenKind.Break or TokenKind.Continue:
                node = ReadLoopExit(token);
                return null;
            case TokenKind.Template:
                node = ReadTemplateCall();
                return null;
            case TokenKind.Block:
                node = ReadBlock();
                return null;
            default:
                _tokens.Reset(mark);
                int position = _tokens.Peek().Position;
                node = new ActionNode(position, _operands.ReadPipeline("command", TokenKind.RightDelim));
                return null;
        }
    }

    private ControlEnd ReadElse()
    {
        TokenKind next = _tokens.PeekNonSpace().Kind;
        if (next is TokenKind.If or TokenKind.With)
        {
            return next == TokenKind.If ? ControlEnd.ElseIf : ControlEnd.ElseWith;
        }

        _tokens.Expect(TokenKind.RightDelim, "else");
        return ControlEnd.Else;
    }

    private BranchNode ReadBranch(BranchKind kind, string context)
    {
        int variables = _operands.VariableCount;
        PipeNode pipe = _operands.ReadPipeline(context, TokenKind.RightDelim);
        _loops += kind == BranchKind.Range ? 1 : 0;
        ListNode body = ReadList(out ControlEnd end);
        _loops -= kind == BranchKind.Range ? 1 : 0;
        ListNode? otherwise = null;
        bool chained = (kind == BranchKind.If && end == ControlEnd.ElseIf) || (kind == BranchKind.With && end == ControlEnd.ElseWith);
        if (chained)
        {
            // The one end closes both.
            Token word = _tokens.NextNonSpace();
            if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                throw _tokens.Error("nested too deeply");
            }

            otherwise = new ListNode(word.Position);
            otherwise.Nodes.Add(ReadBranch(kind, context));
        }
        else if (end is ControlEnd.ElseIf or ControlEnd.ElseWith)
        {
            throw _tokens.Unexpected(_tokens.NextNonSpace(), "else");
        }
        else if (end == ControlEnd.Else)
        {
            otherwise = ReadList(out ControlEnd last);
            if (last != ControlEnd.End)
            {
                throw _tokens.Error($"expected end; found {Describe(last)}");
            }
        }

        _operands.PopVariables(variables);
        return new BranchNode(pipe.Position, kind, pipe, body, otherwise);
    }

    private LoopExitNode ReadLoopExit(Token word)
    {
        string name = word.Text;
        Token closing = _tokens.NextNonSpace();
        if (closing.Kind != TokenKind.RightDelim)
        {
            throw _tokens.Unexpected(closing, $"{{{{{name}}}}}");
        }

        if (_loops == 0)
        {
            throw _tokens.Error($"{{{{{name}}}}} outside {{{{range}}}}");
        }

        return new LoopExitNode(word.Position, word.Kind == TokenKind.Break);
    }

    private TemplateNode ReadTemplateCall()
    {
        const string Context = "template clause";
        Token token = _tokens.NextNonSpace();
        string name = ReadTemplateName(token, Context);
        PipeNode? pipe = null;
        if (_tokens.PeekNonSpace().Kind == TokenKind.RightDelim)
        {
            _ = _tokens.NextNonSpace();
        }
        else
        {
            pipe = _operands.ReadPipeline(Context, TokenKind.RightDelim);
        }

        return new TemplateNode(token.Position, name, pipe);
    }

    private TemplateNode ReadBlock()
    {
        const string Context = "block clause";
        Token token = _tokens.NextNonSpace();
        string name = ReadTemplateName(token, Context);
        PipeNode pipe = _operands.ReadPipeline(Context, TokenKind.RightDelim);
        Define(name, Context);
        return new TemplateNode(token.Position, name, pipe);
    }

    private string ReadTemplateName(Token token, string context) => token.Kind is TokenKind.String or TokenKind.RawString
        ? GoLiteral.Unquote(token.Text) ?? throw _tokens.Error("invalid syntax")
        : throw _tokens.Unexpected(token, context);
}
