namespace Pharos.Dashboards.Variables;

/// <summary>Finds <c>$name</c>, <c>${name}</c>, <c>${name.field:format}</c> and <c>[[name:format]]</c> in a text, from left to right.</summary>
internal ref struct VariableScan
{
    private readonly ReadOnlySpan<char> _text;
    private int _position;

    public VariableScan(ReadOnlySpan<char> text)
    {
        _text = text;
        _position = 0;
        Start = 0;
        Name = "";
        Field = "";
        Format = "";
    }

    /// <summary>Where the reference begins.</summary>
    public int Start { get; private set; }

    /// <summary>The first place behind the reference.</summary>
    public readonly int End => _position;

    public string Name { get; private set; }

    /// <summary>Behind the dot; empty without one.</summary>
    public string Field { get; private set; }

    /// <summary>Behind the colon; empty without one.</summary>
    public string Format { get; private set; }

    /// <summary>Goes to the next reference; false at the end.</summary>
    public bool MoveNext()
    {
        while (_position < _text.Length)
        {
            int found = _text[_position..].IndexOfAny('$', '[');
            if (found < 0)
            {
                break;
            }

            Start = _position + found;
            if (TryReadAt(Start, out int end))
            {
                _position = end;
                return true;
            }

            _position = Start + 1;
        }

        _position = _text.Length;
        return false;
    }

    /// <summary>The names of all references of a text.</summary>
    public static IEnumerable<string> Names(string text)
    {
        var names = new List<string>();
        var scan = new VariableScan(text);
        while (scan.MoveNext())
        {
            names.Add(scan.Name);
        }

        return names;
    }

    private bool TryReadAt(int start, out int end)
    {
        ReadOnlySpan<char> rest = _text[start..];
        end = start;
        if (rest.StartsWith("${"))
        {
            return TryReadEnclosed(rest, 2, "}", start, out end);
        }

        if (rest.StartsWith("[["))
        {
            return TryReadEnclosed(rest, 2, "]]", start, out end);
        }

        int length = rest[0] == '$' ? WordLength(rest[1..]) : 0;
        if (length == 0)
        {
            return false;
        }

        (Name, Field, Format) = (rest.Slice(1, length).ToString(), "", "");
        end = start + 1 + length;
        return true;
    }

    private bool TryReadEnclosed(ReadOnlySpan<char> rest, int open, string close, int start, out int end)
    {
        end = start;
        int length = WordLength(rest[open..]);
        int closing = rest.IndexOf(close);
        if (length == 0 || closing < open + length)
        {
            return false;
        }

        ReadOnlySpan<char> tail = rest[(open + length)..closing];
        if (!tail.IsEmpty && tail[0] is not ('.' or ':'))
        {
            return false;
        }

        int colon = tail.IndexOf(':');
        Name = rest.Slice(open, length).ToString();
        Field = tail.IsEmpty || tail[0] == ':' ? "" : tail[1..(colon < 0 ? tail.Length : colon)].ToString();
        Format = colon < 0 ? "" : tail[(colon + 1)..].ToString();
        end = start + closing + close.Length;
        return true;
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '_'))
        {
            length++;
        }

        return length;
    }
}
