using System.Globalization;
using Pharos.Core.Labels;

namespace Pharos.Templating.Times;

/// <summary>Reads times by Go's layouts.</summary>
public sealed class GoTimeParser
{
    // Longer ones first.
    private static readonly string[] Elements =
    [
        "January", "Jan", "Monday", "Mon", "MST", "Z07:00", "Z0700", "Z07", "-07:00", "-0700", "-07", "2006", "_2", "01", "02", "03", "04", "05", "06", "15", "PM", "pm",
        "1", "2", "3", "4", "5",
    ];

    private static readonly string[] MonthNames = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12];

    private readonly string _layout;
    private readonly string _text;
    private int _position;
    private int _year = 1;
    private int _month = 1;
    private int _day = 1;
    private int _hour;
    private int _minute;
    private int _second;
    private long _fractionTicks;
    private bool? _isAfternoon;
    private TimeSpan _offset;

    private GoTimeParser(string layout, string text)
    {
        _layout = layout;
        _text = text;
    }

    /// <summary>The time that a text shows; without an offset it is in UTC.</summary>
    /// <exception cref="TemplateFunctionException">The text is not of the layout; the message is Go's.</exception>
    public static GoTime Parse(string layout, string text) => new GoTimeParser(layout, text).Parse();

    private GoTime Parse()
    {
        for (int i = 0; i < _layout.Length;)
        {
            string? element = Array.Find(Elements, e => string.CompareOrdinal(_layout, i, e, 0, e.Length) == 0);
            if (element is null)
            {
                if (_position >= _text.Length || _text[_position] != _layout[i])
                {
                    throw Mismatch(_layout[i].ToString());
                }

                _position++;
                i++;
                continue;
            }

            Read(element);
            i += element.Length;
            if (element is "05" or "5" && _position < _text.Length && _text[_position] is '.' or ',' && !(i < _layout.Length && _layout[i] == _text[_position] && !IsFraction(i)))
            {
                ReadFraction();
                i = IsFraction(i) ? EndOfFraction(i) : i;
            }
        }

        if (_position < _text.Length)
        {
            throw new TemplateFunctionException($"parsing time {GoQuote.Quote(_text)}: extra text: {GoQuote.Quote(_text[_position..])}");
        }

        return Assemble();
    }

    private GoTime Assemble()
    {
        int hour = _isAfternoon switch
        {
            true when _hour < 12 => _hour + 12,
            false when _hour == 12 => 0,
            _ => _hour,
        };
        string? wrong = _month is < 1 or > 12 ? "month" : _year is < 1 or > 9999 || _day < 1 || _day > DateTime.DaysInMonth(_year, _month) ? "day"
            : hour > 23 ? "hour" : _minute > 59 ? "minute" : _second > 59 ? "second" : null;
        if (wrong is not null)
        {
            throw new TemplateFunctionException($"parsing time {GoQuote.Quote(_text)}: {wrong} out of range");
        }

        long ticks = new DateTime(_year, _month, _day, hour, _minute, _second).Ticks + _fractionTicks - _offset.Ticks;
        return new GoTime(new DateTime(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc));
    }

    private void Read(string element)
    {
        switch (element)
        {
            case "January" or "Jan":
                _month = 1 + ReadName(element, [.. MonthNames.Select(m => element == "Jan" ? m[..3] : m)]);
                break;
            case "Monday" or "Mon":
                ReadName(element, [.. Enum.GetNames<DayOfWeek>().Select(d => element == "Mon" ? d[..3] : d)]);
                break;
            case "MST":
                ReadAbbreviation();
                break;
            case ['Z' or '-', ..]:
                ReadOffset(element);
                break;
            case "PM" or "pm":
                _isAfternoon = ReadName(element, element == "PM" ? ["AM", "PM"] : ["am", "pm"]) == 1;
                break;
            case "2006":
                _year = ReadNumber(element, 4, 4);
                break;
            case "06":
                int year = ReadNumber(element, 2, 2);
                _year = year + (year >= 69 ? 1900 : 2000);
                break;
            case "01" or "1":
                _month = ReadNumber(element, element.Length, 2);
                break;
            case "02" or "2" or "_2":
                _position += element == "_2" && _position < _text.Length && _text[_position] == ' ' ? 1 : 0;
                _day = ReadNumber(element, element == "02" ? 2 : 1, 2);
                break;
            case "15" or "03" or "3":
                _hour = ReadNumber(element, element == "3" ? 1 : 2, 2);
                break;
            case "04" or "4":
                _minute = ReadNumber(element, element.Length, 2);
                break;
            default:
                _second = ReadNumber(element, element.Length, 2);
                break;
        }
    }

    private int ReadNumber(string element, int min, int max)
    {
        int end = _position;
        while (end < _text.Length && end - _position < max && char.IsAsciiDigit(_text[end]))
        {
            end++;
        }

        if (end - _position < min)
        {
            throw Mismatch(element);
        }

        int value = int.Parse(_text.AsSpan(_position, end - _position), CultureInfo.InvariantCulture);
        _position = end;
        return value;
    }

    private int ReadName(string element, string[] names)
    {
        int found = Array.FindIndex(names, n => string.Compare(_text, _position, n, 0, n.Length, StringComparison.OrdinalIgnoreCase) == 0);
        if (found < 0)
        {
            throw Mismatch(element);
        }

        _position += names[found].Length;
        return found;
    }

    private void ReadAbbreviation()
    {
        int end = _position;
        while (end < _text.Length && char.IsAsciiLetterUpper(_text[end]))
        {
            end++;
        }

        if (end - _position is < 3 or > 5)
        {
            throw Mismatch("MST");
        }

        _position = end;
    }

    private void ReadOffset(string element)
    {
        if (element[0] == 'Z' && _position < _text.Length && _text[_position] == 'Z')
        {
            _position++;
            return;
        }

        if (_position >= _text.Length || _text[_position] is not ('+' or '-'))
        {
            throw Mismatch(element);
        }

        int sign = _text[_position++] == '-' ? -1 : 1;
        int hours = ReadNumber(element, 2, 2);
        bool hasColon = element.Contains(':', StringComparison.Ordinal);
        if (hasColon && (_position >= _text.Length || _text[_position++] != ':'))
        {
            throw Mismatch(element);
        }

        int minutes = element.Length > 3 ? ReadNumber(element, 2, 2) : 0;
        _offset = sign * new TimeSpan(hours, minutes, 0);
    }

    private void ReadFraction()
    {
        int start = ++_position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            _position++;
        }

        const int TickDigits = 7;
        string digits = _text[start.._position];
        _fractionTicks = digits.Length == 0 ? throw Mismatch(".000") : long.Parse(digits.PadRight(TickDigits, '0')[..TickDigits], CultureInfo.InvariantCulture);
    }

    private bool IsFraction(int position) => position + 1 < _layout.Length && _layout[position] is '.' or ',' && _layout[position + 1] is '0' or '9';

    private int EndOfFraction(int position)
    {
        int end = position + 1;
        while (end < _layout.Length && _layout[end] == _layout[position + 1])
        {
            end++;
        }

        return end;
    }

    private TemplateFunctionException Mismatch(string element) => new(
        $"parsing time {GoQuote.Quote(_text)} as {GoQuote.Quote(_layout)}: cannot parse {GoQuote.Quote(_text[Math.Min(_position, _text.Length)..])} as {GoQuote.Quote(element)}");
}
