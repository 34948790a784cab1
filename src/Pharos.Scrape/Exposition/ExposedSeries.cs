namespace Pharos.Scrape.Exposition;

/// <summary>
/// Walks the name and the labels of a series text that a reader accepted, in the order in which they stand. Names and values are as spelled:
/// without quotes, escapes kept.
/// </summary>
internal ref struct ExposedSeries
{
    private readonly ReadOnlySpan<byte> _text;
    private int _position;
    private bool _inside;

    public ExposedSeries(ReadOnlySpan<byte> text)
    {
        _text = text;
    }

    /// <summary>The label name; for the metric name <c>__name__</c> is meant, see <see cref="IsMetricName"/>.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether <see cref="Value"/> is the metric name.</summary>
    public bool IsMetricName { get; private set; }

    /// <summary>The metric name, as spelled.</summary>
    public static ReadOnlySpan<byte> RawName(ReadOnlySpan<byte> text)
    {
        var series = new ExposedSeries(text);
        while (series.Next())
        {
            if (series.IsMetricName)
            {
                return series.Value;
            }
        }

        return [];
    }

    /// <summary>Moves to the next name or label.</summary>
    public bool Next()
    {
        if (!_inside)
        {
            int brace = _text.IndexOf((byte)'{');
            int end = brace < 0 ? _text.Length : brace;
            _position = Math.Min(end + 1, _text.Length);
            _inside = true;
            ReadOnlySpan<byte> name = TrimEnd(_text[..end]);
            if (!name.IsEmpty)
            {
                return Found([], name, isMetricName: true);
            }
        }

        SkipSeparators();
        if (_position >= _text.Length || _text[_position] == '}')
        {
            return false;
        }

        bool quoted = _text[_position] == '"';
        ReadOnlySpan<byte> first = quoted ? Quoted() : Plain();
        SkipBlanks();
        if (quoted && _text[_position] != '=')
        {
            return Found([], first, isMetricName: true);
        }

        _position++;
        SkipBlanks();
        return Found(first, Quoted(), isMetricName: false);
    }

    private bool Found(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isMetricName)
    {
        Name = name;
        Value = value;
        IsMetricName = isMetricName;
        return true;
    }

    // Blanks before a name belong to it, as upstream has it: its series begins where its line does. Behind it they do not.
    private static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> name) => name.TrimEnd(" \t"u8);

    private void SkipBlanks()
    {
        while (_text[_position] is (byte)' ' or (byte)'\t')
        {
            _position++;
        }
    }

    private void SkipSeparators()
    {
        while (_position < _text.Length && _text[_position] is (byte)' ' or (byte)'\t' or (byte)',')
        {
            _position++;
        }
    }

    private ReadOnlySpan<byte> Plain()
    {
        int start = _position;
        while (_text[_position] is not ((byte)'=' or (byte)' ' or (byte)'\t'))
        {
            _position++;
        }

        return _text[start.._position];
    }

    private ReadOnlySpan<byte> Quoted()
    {
        int start = ++_position;
        while (true)
        {
            _position += _text[_position..].IndexOfAny((byte)'"', (byte)'\\');
            if (_text[_position] == '"')
            {
                return _text[start.._position++];
            }

            _position++;
            while (_text[_position] == 0)
            {
                _position++;
            }

            _position++;
        }
    }
}
