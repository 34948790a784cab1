using System.Buffers;

namespace Pharos.Core.Matching.Expressions;

/// <summary>
/// A depth-first search over (instruction, position), each tried once: what failed once fails again, whatever led there.
/// </summary>
internal ref struct BacktrackingSearch
{
    // In place of an instruction: the entry gives a slot its old value back.
    private const int RestoreBit = 1 << 30;

    private readonly RegexProgram _program;
    private readonly ReadOnlySpan<char> _text;
    private readonly Span<ulong> _visited;
    private readonly Span<int> _slots;
    private (int What, int Value)[] _stack;
    private int _depth;

    public BacktrackingSearch(RegexProgram program, ReadOnlySpan<char> text, Span<ulong> visited, Span<int> slots)
    {
        _program = program;
        _text = text;
        _visited = visited;
        _slots = slots;
        _stack = ArrayPool<(int, int)>.Shared.Rent(64);
    }

    /// <summary>Looks for a match that starts here.</summary>
    public bool TryFrom(int start)
    {
        _slots.Fill(-1);
        _depth = 0;
        Push(_program.Start, start);
        while (_depth > 0)
        {
            (int what, int value) = _stack[--_depth];
            if ((what & RestoreBit) != 0)
            {
                _slots[what & ~RestoreBit] = value;
            }
            else if (Run(what, value))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        ArrayPool<(int, int)>.Shared.Return(_stack);
        _stack = [];
    }

    // Runs one thread until it fails or matches.
    private bool Run(int place, int position)
    {
        RegexInstruction[] instructions = _program.Instructions;
        while (Visit(place, position))
        {
            RegexInstruction instruction = instructions[place];
            switch (instruction.Op)
            {
                case RegexOp.Match:
                    return true;
                case RegexOp.Split:
                    Push(instruction.Argument, position);
                    break;
                case RegexOp.Save:
                    Push(instruction.Argument | RestoreBit, _slots[instruction.Argument]);
                    _slots[instruction.Argument] = position;
                    break;
                case RegexOp.Assert:
                    if (!TextRunes.Hold((RegexNodeKind)instruction.Argument, _text, position))
                    {
                        return false;
                    }

                    break;
                default:
                    int rune = TextRunes.At(_text, position, out int length);
                    if (!TextRunes.Takes(_program, instruction, rune))
                    {
                        return false;
                    }

                    position += length;
                    break;
            }

            place = instruction.Next;
        }

        return false;
    }

    private readonly bool Visit(int place, int position)
    {
        long bit = ((long)place * (_text.Length + 1)) + position;
        ref ulong word = ref _visited[(int)(bit >> 6)];
        ulong mask = 1UL << (int)(bit & 63);
        bool first = (word & mask) == 0;
        word |= mask;
        return first;
    }

    private void Push(int what, int value)
    {
        if (_depth == _stack.Length)
        {
            (int, int)[] larger = ArrayPool<(int, int)>.Shared.Rent(_stack.Length * 2);
            _stack.CopyTo(larger, 0);
            ArrayPool<(int, int)>.Shared.Return(_stack);
            _stack = larger;
        }

        _stack[_depth++] = (what, value);
    }
}
