using System.Globalization;
using System.Text;
using Pharos.Core.Labels;
using Pharos.Templating.Execution;

namespace Pharos.Templating.Formatting;

/// <summary>Go's <c>fmt.Sprintf</c> for the values of templates. One instance formats one text.</summary>
internal sealed class GoFormat
{
    // Wider than any text that somebody means.
    private const int MaxNumber = 1000;
    private const int AsciiLimit = 0x7f;

    private readonly string _format;
    private readonly IReadOnlyList<object?> _arguments;
    private readonly int _maxLength;
    private readonly StringBuilder _output = new();
    private int _position;
    private int _next;
    private bool _reordered;

    private GoFormat(string format, IReadOnlyList<object?> arguments, int maxLength)
    {
        _format = format;
        _arguments = arguments;
        _maxLength = maxLength;
    }

    /// <summary>The text; what does not fit shows as <c>%!d(string=x)</c>, as Go has it.</summary>
    /// <exception cref="TemplateFunctionException">It is longer.</exception>
    public static string Format(string format, IReadOnlyList<object?> arguments, int maxLength)
    {
        var run = new GoFormat(format, arguments, maxLength);
        run.FormatAll();
        return run._output.ToString();
    }

    private void FormatAll()
    {
        while (_position < _format.Length)
        {
            CheckLength();
            int percent = _format.IndexOf('%', _position);
            int end = percent < 0 ? _format.Length : percent;
            _output.Append(_format, _position, end - _position);
            _position = end + 1;
            if (percent >= 0)
            {
                FormatOne();
            }
        }

        CheckLength();
        if (!_reordered && _next < _arguments.Count)
        {
            IEnumerable<string> extra = _arguments.Skip(_next).Select(a => a is null ? "<nil>" : $"{TemplateValues.TypeName(a)}={ValuePrinter.Print(a, _maxLength)}");
            _output.Append("%!(EXTRA ").AppendJoin(", ", extra).Append(')');
        }
    }

    private void CheckLength()
    {
        if (_output.Length > _maxLength)
        {
            throw new TemplateFunctionException($"text is longer than {_maxLength} characters");
        }
    }

    private void FormatOne()
    {
        FormatVerb verb = ReadVerb();
        if (verb.Letter == '\0')
        {
            _output.Append("%!(NOVERB)");
        }
        else if (verb.Letter == '%')
        {
            _output.Append('%');
        }
        else if (_next >= _arguments.Count || _next < 0)
        {
            _output.Append("%!").Append(verb.Letter).Append(_next < 0 ? "(BADINDEX)" : "(MISSING)");
        }
        else
        {
            Append(verb, _arguments[_next++]);
        }
    }

    private FormatVerb ReadVerb()
    {
        FormatVerb verb = default;
        ReadFlags(ref verb);
        ReadIndex();
        verb.Width = ReadNumber();
        if (verb.Width < 0)
        {
            verb.Width = -verb.Width;
            verb.Minus = true;
        }

        if (_position < _format.Length && _format[_position] == '.')
        {
            _position++;
            ReadIndex();
            int precision = ReadNumber() ?? 0;
            verb.Precision = precision < 0 ? null : precision;
        }

        ReadIndex();
        verb.Letter = _position < _format.Length ? _format[_position++] : '\0';
        return verb;
    }

    private void ReadFlags(ref FormatVerb verb)
    {
        for (; _position < _format.Length; _position++)
        {
            switch (_format[_position])
            {
                case '-':
                    verb.Minus = true;
                    break;
                case '+':
                    verb.Plus = true;
                    break;
                case '#':
                    verb.Sharp = true;
                    break;
                case ' ':
                    verb.Space = true;
                    break;
                case '0':
                    verb.Zero = true;
                    break;
                default:
                    return;
            }
        }
    }

    // An explicit argument: [2].
    private void ReadIndex()
    {
        if (_position >= _format.Length || _format[_position] != '[')
        {
            return;
        }

        int end = _format.IndexOf(']', _position);
        if (end > 0)
        {
            _reordered = true;
            bool valid = int.TryParse(_format.AsSpan(_position + 1, end - _position - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            _next = valid && number > 0 && number <= _arguments.Count ? number - 1 : -1;
            _position = end + 1;
        }
    }

    private int? ReadNumber()
    {
        if (_position < _format.Length && _format[_position] == '*')
        {
            _position++;
            return _next >= 0 && _next < _arguments.Count && _arguments[_next++] is long given ? (int)Math.Clamp(given, -MaxNumber, MaxNumber) : null;
        }

        int start = _position;
        int number = 0;
        for (; _position < _format.Length && char.IsAsciiDigit(_format[_position]); _position++)
        {
            number = Math.Min((number * 10) + (_format[_position] - '0'), MaxNumber);
        }

        return _position > start ? number : null;
    }

    private void Append(FormatVerb verb, object? value)
    {
        CheckLength();
        if (verb.Letter == 'T')
        {
            Pad(verb, TemplateValues.TypeName(value));
            return;
        }

        if (verb.Letter != 'v' && value is TemplateList list)
        {
            _output.Append('[');
            for (int i = 0; i < list.Items.Count; i++)
            {
                _output.Append(i > 0 ? " " : "");
                Append(verb, list.Items[i]);
            }

            _output.Append(']');
            return;
        }

        string? text = Text(verb, value);
        if (text is null)
        {
            _output.Append("%!").Append(verb.Letter).Append('(');
            _output.Append(value is null ? "<nil>" : $"{TemplateValues.TypeName(value)}={ValuePrinter.Print(value, _maxLength)}").Append(')');
            return;
        }

        bool isNumber = value is long or ulong || (value is double real && double.IsFinite(real));
        PadNumber(verb, text, isNumber && verb.Letter is not ('c' or 'q' or 'U'));
    }

    // Null when the verb does not fit the value.
    private string? Text(FormatVerb verb, object? value) => value switch
    {
        bool boolean => verb.Letter is 't' or 'v' ? (boolean ? "true" : "false") : null,
        long whole => Integer(verb, whole),
        ulong whole => Integer(verb, whole),
        double real => verb.Letter switch
        {
            'v' => FloatFormat.Format(real, 'g', verb.Precision),
            'e' or 'E' or 'f' or 'F' or 'g' or 'G' => FloatFormat.Format(real, verb.Letter, verb.Precision),
            _ => null,
        },
        string or TemplateHtml => String(verb, value.ToString()!),
        null => verb.Letter == 'v' ? "<nil>" : null,
        ITemplateObject => verb.Letter is 'v' or 's' or 'q' ? String(verb, value.ToString()!) : null,
        _ => verb.Letter is 'v' or 's' ? ValuePrinter.Print(value, _maxLength) : null,
    };

    private static string? Integer(FormatVerb verb, Int128 value)
    {
        Int128 magnitude = Int128.Abs(value);
        string sign = value < 0 ? "-" : "";
        switch (verb.Letter)
        {
            case 'd' or 'v':
                string digits = magnitude.ToString(CultureInfo.InvariantCulture);
                return sign + digits.PadLeft(verb.Precision ?? 0, '0');
            case 'x':
                return sign + (verb.Sharp ? "0x" : "") + Radix(magnitude, 16);
            case 'X':
                return sign + (verb.Sharp ? "0X" : "") + Radix(magnitude, 16).ToUpperInvariant();
            case 'o':
                return sign + (verb.Sharp ? "0" : "") + Radix(magnitude, 8);
            case 'O':
                return sign + "0o" + Radix(magnitude, 8);
            case 'b':
                return sign + (verb.Sharp ? "0b" : "") + Radix(magnitude, 2);
            case 'c':
                return ToRune(value).ToString();
            case 'q':
                return $"'{ToRune(value)}'";
            case 'U':
                return "U+" + Radix(magnitude, 16).ToUpperInvariant().PadLeft(4, '0');
            default:
                return null;
        }
    }

    private static Rune ToRune(Int128 value) => value >= 0 && value <= 0x10ffff && Rune.IsValid((int)value) ? new Rune((int)value) : Rune.ReplacementChar;

    private static string Radix(Int128 value, int radix)
    {
        var digits = new StringBuilder();
        do
        {
            digits.Insert(0, "0123456789abcdef"[(int)(value % radix)]);
            value /= radix;
        }
        while (value > 0);
        return digits.ToString();
    }

    private static string? String(FormatVerb verb, string value)
    {
        if (verb.Precision is { } precision && verb.Letter is 's' or 'v' or 'q')
        {
            value = string.Concat(value.EnumerateRunes().Take(precision));
        }

        return verb.Letter switch
        {
            's' or 'v' => verb.Sharp && verb.Letter == 'v' ? GoQuote.Quote(value) : value,
            'q' => verb.Sharp && !value.Contains('`', StringComparison.Ordinal) && value.All(static c => c is >= ' ' and not (char)AsciiLimit) ? $"`{value}`" : GoQuote.Quote(value),
            'x' => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)),
            'X' => Convert.ToHexString(Encoding.UTF8.GetBytes(value)),
            _ => null,
        };
    }

    private void PadNumber(FormatVerb verb, string text, bool isNumber)
    {
        if (isNumber && text[0] is not ('-' or '+'))
        {
            text = (verb.Plus ? "+" : verb.Space ? " " : "") + text;
        }

        if (verb.Zero && !verb.Minus && isNumber && text.Length < verb.Width)
        {
            int sign = text[0] is '-' or '+' or ' ' ? 1 : 0;
            text = text[..sign] + text[sign..].PadLeft(verb.Width.Value - sign, '0');
        }

        Pad(verb, text);
    }

    private void Pad(FormatVerb verb, string text)
    {
        int missing = (verb.Width ?? 0) - text.EnumerateRunes().Count();
        if (missing > 0 && !verb.Minus)
        {
            _output.Append(' ', missing);
        }

        _output.Append(text);
        if (missing > 0 && verb.Minus)
        {
            _output.Append(' ', missing);
        }
    }
}
