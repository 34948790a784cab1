using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Templating;
using Pharos.Templating.Times;

namespace Pharos.Alerting.Templates;

/// <summary>
/// Writes JSON byte for byte as Go's <c>encoding/json</c> does: no white space, keys of maps sorted, <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and line separators
/// escaped. Not for several threads.
/// </summary>
internal sealed class GoJsonWriter(int maxLength)
{
    /// <summary>As Go shows times in JSON.</summary>
    public const string TimeLayout = "2006-01-02T15:04:05.999999999Z07:00";

    private readonly StringBuilder _text = new();

    /// <summary>What was written.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>A template's value.</summary>
    /// <exception cref="TemplateFunctionException">It is no value of JSON, or too long.</exception>
    public void Value(object? value)
    {
        if (_text.Length > maxLength || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new TemplateFunctionException($"json: longer than {maxLength} characters or nested too deeply");
        }

        switch (value)
        {
            case null:
                Raw("null");
                break;
            case IJsonValue own:
                own.WriteTo(this);
                break;
            case bool boolean:
                Raw(boolean ? "true" : "false");
                break;
            case string text:
                Text(text);
                break;
            case TemplateHtml html:
                Text(html.Text);
                break;
            case double number:
                Number(number);
                break;
            case GoTime time:
                Text(time.Format(TimeLayout));
                break;
            case GoDuration duration:
                Raw(duration.Nanoseconds.ToString(CultureInfo.InvariantCulture));
                break;
            case TemplateList list:
                List(list.Items);
                break;
            case TemplateMap map:
                Map(map.Entries);
                break;
            case long or ulong:
                Raw(string.Create(CultureInfo.InvariantCulture, $"{value}"));
                break;
            default:
                throw new TemplateFunctionException("json: unsupported type");
        }
    }

    /// <summary>A text as it stands.</summary>
    public void Raw(string text) => _text.Append(text);

    /// <summary>The next field of an object; the first one brings the brace.</summary>
    public GoJsonWriter Field(string name)
    {
        _text.Append(_text.Length == 0 || _text[^1] != '{' ? "," : "").Append('"').Append(name).Append("\":");
        return this;
    }

    /// <summary>A field with a text, left out when it is empty.</summary>
    public void Field(string name, string value, bool omitEmpty = false)
    {
        if (value.Length > 0 || !omitEmpty)
        {
            Field(name).Text(value);
        }
    }

    /// <summary>Items in brackets.</summary>
    public void List(IEnumerable<object?> items)
    {
        _text.Append('[');
        bool isFirst = true;
        foreach (object? item in items)
        {
            _text.Append(isFirst ? "" : ",");
            isFirst = false;
            Value(item);
        }

        _text.Append(']');
    }

    /// <summary>Entries in braces, in their order.</summary>
    public void Map(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        _text.Append('{');
        bool isFirst = true;
        foreach ((string key, object? value) in entries)
        {
            _text.Append(isFirst ? "" : ",");
            isFirst = false;
            Text(key);
            _text.Append(':');
            Value(value);
        }

        _text.Append('}');
    }

    /// <summary>A text in quotes.</summary>
    public void Text(string text)
    {
        _text.Append('"');
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                < ' ' or '<' or '>' or '&' or 0x2028 or 0x2029 => _text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => _text.Append(rune.ToString()),
            };
        }

        _text.Append('"');
    }

    // The fewest digits that read back the same; as ECMAScript, with an exponent only where the number is very small or very large.
    private void Number(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new TemplateFunctionException($"json: unsupported value: {FloatWriter.ToGeneralString(number)}");
        }

        const double Small = 1e-6;
        const double Large = 1e21;
        string[] parts = number.ToString("R", CultureInfo.InvariantCulture).Split('E');
        if (parts.Length == 1)
        {
            Raw(parts[0]);
            return;
        }

        int exponent = int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (Math.Abs(number) is < Small or >= Large)
        {
            Raw(string.Create(CultureInfo.InvariantCulture, $"{parts[0]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}"));
            return;
        }

        string sign = parts[0][0] == '-' ? "-" : "";
        string digits = parts[0].TrimStart('-').Replace(".", "", StringComparison.Ordinal);
        Raw(exponent < 0 ? $"{sign}0.{new string('0', -exponent - 1)}{digits}" : sign + digits.PadRight(exponent + 1, '0'));
    }
}
