using System.Diagnostics;
using System.Text;

namespace Pharos.Core.Matching.Expressions;

/// <summary>
/// An expression as instructions of a nondeterministic automaton, in Perl's order of preference. Immutable once compiled, usable from any thread.
/// </summary>
internal sealed class RegexProgram
{
    private readonly List<RegexInstruction> _instructions = [];
    private readonly List<CharClass> _classes = [];
    private readonly Dictionary<CharClass, int> _classNumbers = [];
    private readonly bool _captures;

    private RegexProgram(bool captures)
    {
        _captures = captures;
    }

    /// <summary>The instructions; the first one run is <see cref="Start"/>.</summary>
    public RegexInstruction[] Instructions { get; private set; } = [];

    /// <summary>The classes that instructions name by number.</summary>
    public IReadOnlyList<CharClass> Classes => _classes;

    /// <summary>Where the program starts.</summary>
    public int Start { get; private set; }

    /// <summary>How many positions captures need: two for each, the whole match included.</summary>
    public int Slots { get; private set; } = 2;

    /// <summary>Whether any instruction is an assertion.</summary>
    public bool HasAssertions { get; private set; }

    /// <summary>Compiles an expression. Without captures the program tells only whether it matches.</summary>
    public static RegexProgram Compile(RegexNode root, bool captures)
    {
        var program = new RegexProgram(captures);
        int match = program.Add(RegexOp.Match, 0, 0);
        program.Start = captures
            ? program.Add(RegexOp.Save, program.Emit(root, program.Add(RegexOp.Save, match, 1)), 0)
            : program.Emit(root, match);
        program.Instructions = [.. program._instructions];
        return program;
    }

    // Instructions are made from the end to the start: each knows where it goes on. Returns where the node starts.
    private int Emit(RegexNode node, int next)
    {
        switch (node.Kind)
        {
            case RegexNodeKind.Empty:
                return next;
            case RegexNodeKind.Literal:
                return EmitLiteral(node.Text, next);
            case RegexNodeKind.Class:
                return Add(RegexOp.Class, next, ClassNumber(node.Class));
            case RegexNodeKind.Capture:
                return EmitCapture(node, next);
            case RegexNodeKind.Repeat:
                return EmitRepeat(node, next);
            case RegexNodeKind.Concat:
                for (int i = node.Children.Length - 1; i >= 0; i--)
                {
                    next = Emit(node.Children[i], next);
                }

                return next;
            case RegexNodeKind.Alternate:
                int start = Emit(node.Children[^1], next);
                for (int i = node.Children.Length - 2; i >= 0; i--)
                {
                    start = Add(RegexOp.Split, Emit(node.Children[i], next), start);
                }

                return start;
            case RegexNodeKind.BeginText:
            case RegexNodeKind.EndText:
            case RegexNodeKind.BeginLine:
            case RegexNodeKind.EndLine:
            case RegexNodeKind.WordBoundary:
            case RegexNodeKind.NoWordBoundary:
                HasAssertions = true;
                return Add(RegexOp.Assert, next, (int)node.Kind);
            default:
                throw new UnreachableException($"node kind {node.Kind}");
        }
    }

    private int EmitLiteral(string text, int next)
    {
        int i = text.Length;
        while (i > 0)
        {
            Rune.DecodeLastFromUtf16(text.AsSpan(0, i), out Rune rune, out int length);
            next = Add(RegexOp.Rune, next, rune.Value);
            i -= length;
        }

        return next;
    }

    private int EmitCapture(RegexNode node, int next)
    {
        if (!_captures)
        {
            return Emit(node.Children[0], next);
        }

        int slot = 2 * node.Capture;
        Slots = Math.Max(Slots, slot + 2);
        return Add(RegexOp.Save, Emit(node.Children[0], Add(RegexOp.Save, next, slot + 1)), slot);
    }

    private int EmitRepeat(RegexNode node, int next)
    {
        RegexNode child = node.Children[0];
        if (node.Max == RegexNode.Unbounded)
        {
            next = node.Min == 0 ? EmitStar(child, node.Greedy, next) : EmitPlus(child, node.Greedy, next);
        }
        else
        {
            // x{2,4} is xx(x(x)?)?: leaving any of the optional ones leaves all.
            int end = next;
            for (int i = node.Min; i < node.Max; i++)
            {
                next = Split(Emit(child, next), end, node.Greedy);
            }
        }

        int copies = node.Max == RegexNode.Unbounded ? node.Min - 1 : node.Min;
        for (int i = 0; i < copies; i++)
        {
            next = Emit(child, next);
        }

        return next;
    }

    private int EmitStar(RegexNode child, bool greedy, int next)
    {
        // A child that matches nothing would end the loop in its first round: (x+)? keeps the order of preference.
        if (MatchesEmpty(child))
        {
            return Split(EmitPlus(child, greedy, next), next, greedy);
        }

        int loop = Add(RegexOp.Split, 0, 0);
        _instructions[loop] = SplitOf(Emit(child, loop), next, greedy);
        return loop;
    }

    private int EmitPlus(RegexNode child, bool greedy, int next)
    {
        int loop = Add(RegexOp.Split, 0, 0);
        int body = Emit(child, loop);
        _instructions[loop] = SplitOf(body, next, greedy);
        return body;
    }

    private static bool MatchesEmpty(RegexNode node) => node.Kind switch
    {
        RegexNodeKind.Literal or RegexNodeKind.Class => false,
        RegexNodeKind.Capture => MatchesEmpty(node.Children[0]),
        RegexNodeKind.Repeat => node.Min == 0 || MatchesEmpty(node.Children[0]),
        RegexNodeKind.Concat => Array.TrueForAll(node.Children, MatchesEmpty),
        RegexNodeKind.Alternate => Array.Exists(node.Children, MatchesEmpty),
        _ => true,
    };

    private int Split(int body, int exit, bool greedy)
    {
        _instructions.Add(SplitOf(body, exit, greedy));
        return _instructions.Count - 1;
    }

    private static RegexInstruction SplitOf(int body, int exit, bool greedy) =>
        greedy ? new RegexInstruction(RegexOp.Split, body, exit) : new RegexInstruction(RegexOp.Split, exit, body);

    private int Add(RegexOp op, int next, int argument)
    {
        _instructions.Add(new RegexInstruction(op, next, argument));
        return _instructions.Count - 1;
    }

    private int ClassNumber(CharClass characters)
    {
        if (!_classNumbers.TryGetValue(characters, out int number))
        {
            number = _classes.Count;
            _classes.Add(characters);
            _classNumbers.Add(characters, number);
        }

        return number;
    }
}
