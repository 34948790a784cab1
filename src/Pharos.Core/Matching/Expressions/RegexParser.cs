using System.Text;

namespace Pharos.Core.Matching.Expressions;

/// <summary>
/// Reads RE2 syntax, as Go's <c>regexp/syntax</c> with Perl flags: what Go refuses is refused with Go's message. Open groups are kept on a stack of its own, so
/// that depth costs no call stack. <see cref="RegexNode"/>s of up to 1000 levels and a million instructions come out.
/// </summary>
internal sealed class RegexParser
{
    private const int MaxRepeat = 1000;
    private const int MaxHeight = 1000;
    private const long MaxSize = 1 << 20;

    private readonly string _pattern;
    private readonly Stack<RegexScope> _scopes = new();
    private RegexFlags _flags;
    private int _position;
    private int _captures;

    private RegexParser(string pattern, RegexFlags flags)
    {
        _pattern = pattern;
        _flags = flags;
    }

    private RegexScope Scope => _scopes.Peek();

    /// <summary>Parses a whole pattern.</summary>
    /// <exception cref="RegexSyntaxException">The pattern is not valid.</exception>
    public static RegexNode Parse(string pattern, RegexFlags flags)
    {
        int lone = FindLoneSurrogate(pattern);
        return lone < 0 ? new RegexParser(pattern, flags).ParseAll() : throw RegexErrors.At(RegexErrors.InvalidUtf8, pattern);
    }

    private RegexNode ParseAll()
    {
        _scopes.Push(new RegexScope(_flags, capture: 0, name: null));
        int lastRepeat = -1;
        while (_position < _pattern.Length)
        {
            int start = _position;
            bool repeated = ParseNext(lastRepeat);
            lastRepeat = repeated ? start : -1;
        }

        return _scopes.Count == 1 ? Checked(Scope.Close()) : throw RegexErrors.At(RegexErrors.MissingParen, _pattern);
    }

    // Reads one element; true when it was a repetition. lastRepeat: where a repetition begins that ends right here, else -1.
    private bool ParseNext(int lastRepeat)
    {
        char c = _pattern[_position];
        switch (c)
        {
            case '*':
                return Repeat(lastRepeat, 1, 0, RegexNode.Unbounded);
            case '+':
                return Repeat(lastRepeat, 1, 1, RegexNode.Unbounded);
            case '?':
                return Repeat(lastRepeat, 1, 0, 1);
            case '{' when RegexText.TryReadRepeat(_pattern, _position, out int length, out int min, out int max):
                return Repeat(lastRepeat, length, min, max);
            case '(':
                OpenGroup();
                return false;
            case ')':
                CloseGroup();
                return false;
            case '|':
                Scope.EndBranch();
                break;
            case '^':
                Scope.Add(RegexNode.Assertion(_flags.HasFlag(RegexFlags.MultiLine) ? RegexNodeKind.BeginLine : RegexNodeKind.BeginText));
                break;
            case '$':
                Scope.Add(RegexNode.Assertion(_flags.HasFlag(RegexFlags.MultiLine) ? RegexNodeKind.EndLine : RegexNodeKind.EndText));
                break;
            case '.':
                Scope.Add(RegexNode.OneOf(_flags.HasFlag(RegexFlags.DotMatchesLineFeed) ? CharClass.Any : CharClass.AnyButLineFeed));
                break;
            case '[':
                Scope.Add(RegexNode.OneOf(RegexClassParser.ParseBracket(_pattern, ref _position, _flags)));
                return false;
            case '\\':
                ParseEscape();
                return false;
            default:
                AddLiteral(RegexText.ReadRune(_pattern, ref _position).Value);
                return false;
        }

        _position++;
        return false;
    }

    private bool Repeat(int lastRepeat, int length, int min, int max)
    {
        int start = _position;
        bool greedy = !_flags.HasFlag(RegexFlags.Ungreedy);
        bool validCount = min >= 0 && min <= MaxRepeat && max <= MaxRepeat && (max == RegexNode.Unbounded || min <= max);
        if (!validCount)
        {
            throw RegexErrors.At(RegexErrors.InvalidRepeatSize, _pattern.Substring(start, length));
        }

        _position += length;
        if (_position < _pattern.Length && _pattern[_position] == '?')
        {
            greedy = !greedy;
            _position++;
        }

        if (lastRepeat >= 0)
        {
            throw RegexErrors.At(RegexErrors.InvalidRepeatOp, _pattern[lastRepeat.._position]);
        }

        if (!Scope.TryTakeLast(out RegexNode? last))
        {
            throw RegexErrors.At(RegexErrors.MissingRepeatArgument, _pattern[start.._position]);
        }

        RegexNode node = RegexNode.Repeat(last, min, max, greedy);
        if ((min >= 2 || max >= 2) && !RepeatsAtMost(node, MaxRepeat))
        {
            throw RegexErrors.At(RegexErrors.InvalidRepeatSize, _pattern[start.._position]);
        }

        Scope.Add(Checked(node));
        return true;
    }

    // Counts multiply from the outside in.
    private static bool RepeatsAtMost(RegexNode node, int limit)
    {
        if (node.Kind == RegexNodeKind.Repeat)
        {
            int count = node.Max == RegexNode.Unbounded ? node.Min : node.Max;
            if (node.Max == 0)
            {
                return true;
            }

            if (count > limit)
            {
                return false;
            }

            limit = count > 0 ? limit / count : limit;
        }

        foreach (RegexNode child in node.Children)
        {
            if (!RepeatsAtMost(child, limit))
            {
                return false;
            }
        }

        return true;
    }

    private void OpenGroup()
    {
        if (_position + 1 >= _pattern.Length || _pattern[_position + 1] != '?')
        {
            _position++;
            _scopes.Push(new RegexScope(_flags, ++_captures, name: null));
            return;
        }

        bool pythonName = _position + 4 < _pattern.Length && _pattern[_position + 2] == 'P' && _pattern[_position + 3] == '<';
        bool name = _position + 3 < _pattern.Length && _pattern[_position + 2] == '<';
        if (pythonName || name)
        {
            OpenNamedGroup(_position + (pythonName ? 4 : 3));
        }
        else
        {
            ParseFlags();
        }
    }

    private void OpenNamedGroup(int nameStart)
    {
        int end = _pattern.IndexOf('>', _position);
        if (end < 0)
        {
            throw RegexErrors.At(RegexErrors.InvalidNamedCapture, _pattern[_position..]);
        }

        string name = end < nameStart ? "" : _pattern[nameStart..end];
        if (name.Length == 0 || !name.All(static c => c == '_' || char.IsAsciiLetterOrDigit(c)))
        {
            throw RegexErrors.At(RegexErrors.InvalidNamedCapture, _pattern[_position..(end + 1)]);
        }

        _position = end + 1;
        _scopes.Push(new RegexScope(_flags, ++_captures, name));
    }

    // (?flags) or (?flags:
    private void ParseFlags()
    {
        RegexFlags flags = _flags;
        bool negative = false;
        bool any = false;
        int i = _position + 2;
        while (i < _pattern.Length)
        {
            Rune rune = RegexText.ReadRune(_pattern, ref i);
            RegexFlags flag = RegexText.FlagOf(rune);
            if (flag != RegexFlags.None)
            {
                flags = negative ? flags & ~flag : flags | flag;
                any = true;
            }
            else if (rune.Value == '-' && !negative)
            {
                negative = true;
                any = false;
            }
            else if (rune.Value is ':' or ')' && (any || !negative))
            {
                if (rune.Value == ':')
                {
                    _scopes.Push(new RegexScope(_flags, RegexScope.NoCapture, name: null));
                }

                _flags = flags;
                _position = i;
                return;
            }
            else
            {
                throw RegexErrors.At(RegexErrors.InvalidPerlOp, _pattern[_position..i]);
            }
        }

        throw RegexErrors.At(RegexErrors.InvalidPerlOp, _pattern[_position..]);
    }

    private void CloseGroup()
    {
        if (_scopes.Count == 1)
        {
            throw RegexErrors.At(RegexErrors.UnexpectedParen, _pattern);
        }

        _position++;
        RegexScope closed = _scopes.Pop();
        _flags = closed.OuterFlags;
        Scope.Add(Checked(closed.Close()));
    }

    private void ParseEscape()
    {
        char next = _position + 1 < _pattern.Length ? _pattern[_position + 1] : '\0';
        RegexNodeKind? assertion = next switch
        {
            'A' => RegexNodeKind.BeginText,
            'z' => RegexNodeKind.EndText,
            'b' => RegexNodeKind.WordBoundary,
            'B' => RegexNodeKind.NoWordBoundary,
            _ => null,
        };
        if (assertion is { } kind)
        {
            Scope.Add(RegexNode.Assertion(kind));
            _position += 2;
        }
        else if (next == 'Q')
        {
            int end = _pattern.IndexOf("\\E", _position + 2, StringComparison.Ordinal);
            int stop = end < 0 ? _pattern.Length : end;
            _position += 2;
            while (_position < stop)
            {
                AddLiteral(RegexText.ReadRune(_pattern, ref _position).Value);
            }

            _position = end < 0 ? stop : stop + 2;
        }
        else if (RegexClassParser.TryParseNamed(_pattern, ref _position, _flags, out CharClass? named))
        {
            Scope.Add(RegexNode.OneOf(named));
        }
        else
        {
            AddLiteral(RegexText.ReadEscape(_pattern, ref _position));
        }
    }

    private void AddLiteral(int rune)
    {
        ReadOnlySpan<int> cases = _flags.HasFlag(RegexFlags.FoldCase) ? CaseFolding.Cases(rune) : [];
        if (cases.IsEmpty && Rune.TryCreate(rune, out Rune valid))
        {
            Scope.AddLiteral(valid);
            return;
        }

        // \x{d800} may be written, but no text has it.
        CharClassBuilder folded = new CharClassBuilder().Add(rune, rune);
        foreach (int other in cases)
        {
            folded.Add(other, other);
        }

        Scope.Add(RegexNode.OneOf(folded.Build()));
    }

    private RegexNode Checked(RegexNode node)
    {
        if (node.Height > MaxHeight)
        {
            throw RegexErrors.At(RegexErrors.NestingDepth, _pattern);
        }

        return node.Size <= MaxSize ? node : throw RegexErrors.At(RegexErrors.Large, _pattern);
    }

    private static int FindLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return i;
                }

                i++;
            }
        }

        return -1;
    }
}
