using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>
/// Walks JSON that may be anything, as proto3's mapping has it: numbers as numbers or as strings, null for what is absent, unknown members passed over. Every method starts at
/// the first token of a value and ends at its last.
/// </summary>
/// <remarks>Failures are <see cref="JsonException"/>, caught where the request is read: a message is read as a whole or not at all.</remarks>
internal ref struct JsonFields
{
    // Two levels for each level of attribute values, and those of the messages around them.
    private const int MaxDepth = (4 * AttributeJson.MaxDepth) + 32;

    private readonly Utf8Strings _strings;
    private Utf8JsonReader _reader;

    public JsonFields(ReadOnlySpan<byte> json, Utf8Strings strings)
    {
        _strings = strings;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        ReadToken();
    }

    /// <summary>Whether the value is null, which means absent.</summary>
    public readonly bool IsNull => _reader.TokenType == JsonTokenType.Null;

    /// <summary>Whether the value is an object, whose members come then; not where it is null.</summary>
    public readonly bool IsObject() => _reader.TokenType switch
    {
        JsonTokenType.StartObject => true,
        JsonTokenType.Null => false,
        _ => throw Wrong("an object"),
    };

    /// <summary>Whether the value is a list, whose elements come then; not where it is null.</summary>
    public readonly bool IsList() => _reader.TokenType switch
    {
        JsonTokenType.StartArray => true,
        JsonTokenType.Null => false,
        _ => throw Wrong("a list"),
    };

    /// <summary>Goes to the next member's name; false at the end of the object.</summary>
    public bool NextMember()
    {
        ReadToken();
        return _reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Goes to the next element; false at the end of the list.</summary>
    public bool NextElement()
    {
        ReadToken();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Whether the member has this name, in either spelling; if so, its value comes.</summary>
    public bool Is(ReadOnlySpan<byte> camelCase, ReadOnlySpan<byte> snakeCase)
    {
        if (!_reader.ValueTextEquals(camelCase) && !_reader.ValueTextEquals(snakeCase))
        {
            return false;
        }

        ReadToken();
        return true;
    }

    /// <summary>See <see cref="Is(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>, of one word.</summary>
    public bool Is(ReadOnlySpan<byte> name) => Is(name, name);

    /// <summary>Passes over a member that nobody asked for.</summary>
    public void Skip()
    {
        if (!_reader.TrySkip())
        {
            throw new JsonException("unexpected end");
        }
    }

    /// <summary>Says that the text ends here.</summary>
    public void End()
    {
        if (_reader.Read())
        {
            throw Wrong("the end");
        }
    }

    public readonly string Text()
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return "";
        }

        if (_reader.TokenType != JsonTokenType.String)
        {
            throw Wrong("a string");
        }

        if (!_reader.ValueIsEscaped)
        {
            return _strings.TryGet(_reader.ValueSpan, out string text) ? text : throw Wrong("UTF-8");
        }

        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8.
            throw Wrong("valid text");
        }
    }

    public readonly bool Bool() => _reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False or JsonTokenType.Null => false,
        _ => throw Wrong("true or false"),
    };

    public readonly long Int64() => (long)Integer(long.MinValue, long.MaxValue);

    public readonly ulong UInt64() => (ulong)Integer(ulong.MinValue, ulong.MaxValue);

    public readonly int Int32() => (int)Integer(int.MinValue, int.MaxValue);

    public readonly uint UInt32() => (uint)Integer(uint.MinValue, uint.MaxValue);

    /// <summary>A number, also as a string, which may say NaN or an infinity.</summary>
    public readonly double Double()
    {
        if (IsNull)
        {
            return 0;
        }

        ReadOnlySpan<byte> text = Scalar();
        if (_reader.TokenType == JsonTokenType.String && TrySpecial(text, out double special))
        {
            return special;
        }

        return Utf8Parser.TryParse(text, out double value, out int consumed) && consumed == text.Length ? value : throw Wrong("a number");
    }

    /// <summary>An enumeration: the number, or the name after its prefix.</summary>
    public readonly int Enumeration(string prefix, ReadOnlySpan<string> names)
    {
        if (_reader.TokenType != JsonTokenType.String)
        {
            return Int32();
        }

        string text = Text();
        int index = text.StartsWith(prefix, StringComparison.Ordinal) ? names.IndexOf(text[prefix.Length..]) : -1;
        return index >= 0 ? index : Int32();
    }

    /// <summary>An id in hexadecimal digits, in lower case; empty for none and for zeros.</summary>
    public readonly string Id(int bytes)
    {
        string text = Text();
        if (text.Length == 0)
        {
            return "";
        }

        if (text.Length != 2 * bytes || text.AsSpan().ContainsAnyExcept(SearchValues.Create("0123456789abcdefABCDEF")))
        {
            throw Wrong($"{2 * bytes} hexadecimal digits");
        }

        return text.AsSpan().ContainsAnyExcept('0') ? text.ToLowerInvariant() : "";
    }

    /// <summary>Bytes in base64, in the one spelling that they have.</summary>
    public readonly string Base64()
    {
        string text = Text();
        try
        {
            // OTLP's JSON takes the standard alphabet; the padding may be missing.
            return Convert.ToBase64String(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            throw Wrong("base64");
        }
    }

    /// <summary>What is wrong at this place.</summary>
    public readonly JsonException Wrong(string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"expected {expected}, found {_reader.TokenType} at byte {_reader.TokenStartIndex}"));

    private static bool TrySpecial(ReadOnlySpan<byte> text, out double value)
    {
        value = text.SequenceEqual("NaN"u8) ? double.NaN
            : text.SequenceEqual("Infinity"u8) ? double.PositiveInfinity
            : text.SequenceEqual("-Infinity"u8) ? double.NegativeInfinity
            : 0;
        return value != 0;
    }

    private readonly Int128 Integer(Int128 min, Int128 max)
    {
        if (IsNull)
        {
            return 0;
        }

        bool isInteger = Int128.TryParse(Scalar(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 value);
        return isInteger && value >= min && value <= max ? value : throw Wrong($"an integer from {min} to {max}");
    }

    private readonly ReadOnlySpan<byte> Scalar() =>
        _reader.TokenType is JsonTokenType.Number or JsonTokenType.String && !_reader.ValueIsEscaped ? _reader.ValueSpan : throw Wrong("a number");

    private void ReadToken()
    {
        if (!_reader.Read())
        {
            throw new JsonException("unexpected end");
        }
    }
}
