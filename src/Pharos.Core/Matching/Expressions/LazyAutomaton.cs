using System.Runtime.InteropServices;
using System.Text;

namespace Pharos.Core.Matching.Expressions;

/// <summary>
/// Tells whether a whole text matches, in time linear in the text: a deterministic automaton whose states are made when a text first needs them.
/// Usable from any thread: known steps are read without a lock, new ones are made under one.
/// </summary>
internal sealed class LazyAutomaton
{
    // References and instruction numbers that all states together may hold; beyond it the states are forgotten and made anew.
    private const int MaxCost = 32 * 1024;

    private readonly RegexProgram _program;
    private readonly RuneAlphabet _alphabet;
    private readonly AutomatonState _start;
    private readonly AutomatonState _dead;

    // Guards the fields below and the making of states.
    private readonly Lock _lock = new();
    private readonly Dictionary<(int[] Places, RuneKind Before), AutomatonState> _states = new(new PlacesComparer());
    private readonly int[] _marks;
    private readonly Stack<int> _pending = new();
    private readonly List<int> _found = [];
    private int _mark;
    private int _cost;

    /// <summary>An automaton of a program without captures.</summary>
    public LazyAutomaton(RegexProgram program)
    {
        _program = program;
        _alphabet = new RuneAlphabet(program);
        _marks = new int[program.Instructions.Length];
        _dead = new AutomatonState([], RuneKind.Other, letters: 0, Verdict.No);
        lock (_lock)
        {
            BeginSet();
            Follow(program.Start);
            _start = Intern(program.HasAssertions ? RuneKind.Outside : RuneKind.Other);
        }
    }

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        AutomatonState state = _start;
        int i = 0;
        while (i < text.Length)
        {
            int rune = text[i++];
            if (char.IsSurrogate((char)rune))
            {
                Rune.DecodeFromUtf16(text[(i - 1)..], out Rune decoded, out int length);
                rune = decoded.Value;
                i += length - 1;
            }

            int letter = _alphabet.LetterOf(rune);
            state = state.Next[letter] ?? Step(state, letter);
            if (state.Verdict != Verdict.Open)
            {
                return state.Verdict == Verdict.Yes;
            }
        }

        return Accepts(state);
    }

    /// <summary>As the other, over UTF-8.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        AutomatonState state = _start;
        int i = 0;
        while (i < text.Length)
        {
            int rune = text[i++];
            if (rune >= 0x80)
            {
                Rune.DecodeFromUtf8(text[(i - 1)..], out Rune decoded, out int length);
                rune = decoded.Value;
                i += length - 1;
            }

            int letter = _alphabet.LetterOf(rune);
            state = state.Next[letter] ?? Step(state, letter);
            if (state.Verdict != Verdict.Open)
            {
                return state.Verdict == Verdict.Yes;
            }
        }

        return Accepts(state);
    }

    private bool Accepts(AutomatonState state)
    {
        if (state.Accepts == Verdict.Open)
        {
            lock (_lock)
            {
                BeginSet();
                FollowAsserted(state, RuneKind.Outside);
                state.Accepts = _found.Exists(IsMatch) ? Verdict.Yes : Verdict.No;
            }
        }

        return state.Accepts == Verdict.Yes;
    }

    private AutomatonState Step(AutomatonState state, int letter)
    {
        lock (_lock)
        {
            int rune = _alphabet.SampleOf(letter);
            RuneKind kind = _program.HasAssertions ? RegexAssertions.KindOf(rune) : RuneKind.Other;
            int[] places = state.Places;
            if (_program.HasAssertions)
            {
                BeginSet();
                FollowAsserted(state, kind);
                places = [.. _found];
            }

            BeginSet();
            foreach (int place in places)
            {
                RegexInstruction instruction = _program.Instructions[place];
                if (Takes(instruction, rune))
                {
                    Follow(instruction.Next);
                }
            }

            AutomatonState next = _found.Count == 0 ? _dead : Intern(kind);
            state.Next[letter] = next;
            return next;
        }
    }

    private bool Takes(RegexInstruction instruction, int rune) => instruction.Op switch
    {
        RegexOp.Rune => instruction.Argument == rune,
        RegexOp.Class => _program.Classes[instruction.Argument].Contains(rune),
        _ => false,
    };

    private void BeginSet()
    {
        _mark++;
        _found.Clear();
    }

    // Adds what can be reached from a place without taking a character; assertions are places too, since what is behind them is not known yet.
    private void Follow(int start)
    {
        _pending.Push(start);
        while (_pending.TryPop(out int place))
        {
            if (_marks[place] == _mark)
            {
                continue;
            }

            _marks[place] = _mark;
            RegexInstruction instruction = _program.Instructions[place];
            if (instruction.Op == RegexOp.Split)
            {
                _pending.Push(instruction.Argument);
                _pending.Push(instruction.Next);
            }
            else
            {
                _found.Add(place);
            }
        }
    }

    // Adds the places of a state and what is behind their assertions, now that the next character is known.
    private void FollowAsserted(AutomatonState state, RuneKind behind)
    {
        foreach (int place in state.Places)
        {
            Follow(place);
        }

        for (int i = 0; i < _found.Count; i++)
        {
            RegexInstruction instruction = _program.Instructions[_found[i]];
            if (instruction.Op == RegexOp.Assert && RegexAssertions.Hold((RegexNodeKind)instruction.Argument, state.Before, behind))
            {
                Follow(instruction.Next);
            }
        }
    }

    // The state of the set that was just collected.
    private AutomatonState Intern(RuneKind before)
    {
        _found.Sort();
        int[] places = [.. _found];
        if (_states.TryGetValue((places, before), out AutomatonState? known))
        {
            return known;
        }

        int cost = places.Length + _alphabet.Count;
        if (_cost + cost > MaxCost)
        {
            // Texts under way keep their old states; what they learn there is lost, not wrong.
            _states.Clear();
            Array.Clear(_start?.Next ?? []);
            _cost = 0;
        }

        _cost += cost;
        var state = new AutomatonState(places, before, _alphabet.Count, MatchesAnyRest(places) ? Verdict.Yes : Verdict.Open);
        _states.Add((places, before), state);
        return state;
    }

    private bool IsMatch(int place) => _program.Instructions[place].Op == RegexOp.Match;

    // Whether the set has matched and also stands in a final .*, so that it will match whatever comes.
    private bool MatchesAnyRest(int[] places)
    {
        if (!Array.Exists(places, IsMatch))
        {
            return false;
        }

        foreach (int place in places)
        {
            RegexInstruction instruction = _program.Instructions[place];
            if (instruction.Op == RegexOp.Class && _program.Classes[instruction.Argument].IsAny)
            {
                RegexInstruction loop = _program.Instructions[instruction.Next];
                if (loop.Op == RegexOp.Split && ((loop.Next == place && IsMatch(loop.Argument)) || (loop.Argument == place && IsMatch(loop.Next))))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private sealed class PlacesComparer : IEqualityComparer<(int[] Places, RuneKind Before)>
    {
        public bool Equals((int[] Places, RuneKind Before) x, (int[] Places, RuneKind Before) y) =>
            x.Before == y.Before && x.Places.AsSpan().SequenceEqual(y.Places);

        public int GetHashCode((int[] Places, RuneKind Before) obj)
        {
            var hash = new HashCode();
            hash.Add(obj.Before);
            hash.AddBytes(MemoryMarshal.AsBytes(obj.Places.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
