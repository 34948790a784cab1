using System.Buffers;

namespace Pharos.Core.Matching.Expressions;

/// <summary>
/// Runs all threads of a program in step, in order of preference, each with its own slots: memory depends on the program alone, however long the text.
/// </summary>
internal static class ThreadedMatcher
{
    /// <summary>As <see cref="CaptureMatcher.TryMatch"/>.</summary>
    public static bool TryMatch(RegexProgram program, ReadOnlySpan<char> text, bool anchored, Span<int> slots, int from = 0)
    {
        var current = new ThreadList(program);
        var next = new ThreadList(program);
        int[] seed = ArrayPool<int>.Shared.Rent(program.Slots);
        bool matched = false;
        int position = from;
        while (true)
        {
            if (!matched && (position == from || !anchored))
            {
                seed.AsSpan(0, program.Slots).Fill(-1);
                current.Add(program.Start, seed.AsSpan(0, program.Slots), text, position);
            }

            int rune = TextRunes.At(text, position, out int length);
            for (int i = 0; i < current.Count; i++)
            {
                RegexInstruction instruction = program.Instructions[current.PlaceOf(i)];
                if (instruction.Op == RegexOp.Match)
                {
                    // Threads behind this one are less preferred.
                    current.SlotsOf(i).CopyTo(slots);
                    matched = true;
                    break;
                }

                if (TextRunes.Takes(program, instruction, rune))
                {
                    next.Add(instruction.Next, current.SlotsOf(i), text, position + length);
                }
            }

            if (position >= text.Length || (next.Count == 0 && (matched || anchored)))
            {
                ArrayPool<int>.Shared.Return(seed);
                return matched;
            }

            position += length;
            (current, next) = (next, current);
            next.Clear();
        }
    }

    /// <summary>Threads that wait for a character, or have matched, in order of preference; at most one at each instruction.</summary>
    private sealed class ThreadList(RegexProgram program)
    {
        private const int RestoreBit = 1 << 30;

        private readonly int[] _places = new int[program.Instructions.Length];
        private readonly int[] _marks = new int[program.Instructions.Length];
        private readonly int[] _working = new int[program.Slots];
        private readonly Stack<(int What, int Value)> _pending = new();
        private int[] _slots = new int[program.Slots * 16];
        private int _mark = 1;

        public int Count { get; private set; }

        public int PlaceOf(int thread) => _places[thread];

        public ReadOnlySpan<int> SlotsOf(int thread) => _slots.AsSpan(thread * program.Slots, program.Slots);

        public void Clear()
        {
            _mark++;
            Count = 0;
        }

        // Adds the threads that a place leads to without taking a character.
        public void Add(int start, ReadOnlySpan<int> slots, ReadOnlySpan<char> text, int position)
        {
            slots.CopyTo(_working);
            _pending.Push((start, 0));
            while (_pending.TryPop(out (int What, int Value) entry))
            {
                if ((entry.What & RestoreBit) != 0)
                {
                    _working[entry.What & ~RestoreBit] = entry.Value;
                    continue;
                }

                int place = entry.What;
                if (_marks[place] == _mark)
                {
                    continue;
                }

                _marks[place] = _mark;
                Follow(place, text, position);
            }
        }

        private void Follow(int place, ReadOnlySpan<char> text, int position)
        {
            RegexInstruction instruction = program.Instructions[place];
            switch (instruction.Op)
            {
                case RegexOp.Split:
                    _pending.Push((instruction.Argument, 0));
                    _pending.Push((instruction.Next, 0));
                    break;
                case RegexOp.Save:
                    _pending.Push((instruction.Argument | RestoreBit, _working[instruction.Argument]));
                    _pending.Push((instruction.Next, 0));
                    _working[instruction.Argument] = position;
                    break;
                case RegexOp.Assert:
                    if (TextRunes.Hold((RegexNodeKind)instruction.Argument, text, position))
                    {
                        _pending.Push((instruction.Next, 0));
                    }

                    break;
                default:
                    Keep(place);
                    break;
            }
        }

        private void Keep(int place)
        {
            int at = Count * program.Slots;
            if (at + program.Slots > _slots.Length)
            {
                Array.Resize(ref _slots, _slots.Length * 2);
            }

            _working.CopyTo(_slots, at);
            _places[Count++] = place;
        }
    }
}
