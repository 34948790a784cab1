using Pharos.Remote.Receiving;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>Reads <c>KeyValue</c> messages and what their values are as text.</summary>
internal sealed class ProtoAttributes(OtlpMessage message, Utf8Strings strings)
{
    private const int StringField = 1;
    private const int BoolField = 2;
    private const int IntField = 3;
    private const int DoubleField = 4;
    private const int ArrayField = 5;
    private const int MapField = 6;
    private const int BytesField = 7;
    private const string InvalidText = "invalid UTF-8";

    /// <summary>Reads one attribute, whose bytes come next, to the end of a list.</summary>
    public bool Read(ref ProtoReader reader, int wireType, List<OtlpAttribute> attributes)
    {
        if (wireType != ProtoReader.Bytes)
        {
            return reader.Fail($"wire type {wireType} for an attribute");
        }

        if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        string text = "";
        string? error = FindPair(bytes, out string key, out ReadOnlySpan<byte> value) ?? FindText(value, out text) ?? message.CountPart();
        attributes.Add(new OtlpAttribute(key, text));
        return error is null || reader.Fail(error);
    }

    // All of these return what is wrong with the bytes, or null.
    private string? FindPair(ReadOnlySpan<byte> bytes, out string key, out ReadOnlySpan<byte> value)
    {
        key = "";
        value = default;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            _ = (field, wireType) switch
            {
                (1, _) => ProtoFields.TryReadString(ref reader, wireType, strings, out key),
                (2, ProtoReader.Bytes) => reader.TryReadBytes(out value),
                (2, _) => ProtoFields.WrongType(ref reader, field, wireType),
                _ => reader.TrySkip(wireType),
            };
        }

        return reader.Error is { } error ? "attribute: " + error : null;
    }

    // The text of a value of its own: a string as it is, everything else as JSON.
    private string? FindText(ReadOnlySpan<byte> value, out string text)
    {
        text = "";
        if (FindValue(value, out int field, out ulong number, out ReadOnlySpan<byte> bytes) is { } error)
        {
            return error;
        }

        switch (field)
        {
            case 0:
                return null;
            case StringField:
                return strings.TryGet(bytes, out text) ? null : InvalidText;
            case DoubleField:
                text = AttributeJson.TextOf(BitConverter.UInt64BitsToDouble(number));
                return null;
            case BytesField:
                text = Convert.ToBase64String(bytes);
                return null;
            default:
                string? failure = FindJson(value, depth: 1, out string? json);
                text = json ?? "";
                return failure;
        }
    }

    // The JSON of a value within a list or map; null where there is none.
    private string? FindJson(ReadOnlySpan<byte> value, int depth, out string? json)
    {
        json = null;
        if (depth > AttributeJson.MaxDepth)
        {
            return AttributeJson.TooDeep;
        }

        if (FindValue(value, out int field, out ulong number, out ReadOnlySpan<byte> bytes) is { } error)
        {
            return error;
        }

        switch (field)
        {
            case StringField:
                bool isText = strings.TryGet(bytes, out string text);
                json = AttributeJson.Quote(text);
                return isText ? null : InvalidText;
            case ArrayField:
                return FindList(bytes, depth, out json);
            case MapField:
                return FindMap(bytes, depth, out json);
            default:
                json = field switch
                {
                    BoolField => AttributeJson.TextOf(number != 0),
                    IntField => AttributeJson.TextOf((long)number),
                    DoubleField => AttributeJson.NumberOf(BitConverter.UInt64BitsToDouble(number)),
                    BytesField => AttributeJson.Quote(Convert.ToBase64String(bytes)),
                    _ => "null",
                };
                return null;
        }
    }

    private string? FindList(ReadOnlySpan<byte> bytes, int depth, out string? json)
    {
        var elements = new List<string?>();
        var reader = new ProtoReader(bytes);
        while (TryReadElement(ref reader, out ReadOnlySpan<byte> value))
        {
            if ((FindJson(value, depth + 1, out string? element) ?? message.CountPart()) is { } error)
            {
                reader.Fail(error);
                break;
            }

            elements.Add(element);
        }

        json = reader.Error is null ? AttributeJson.ListOf(elements) : null;
        return reader.Error;
    }

    private string? FindMap(ReadOnlySpan<byte> bytes, int depth, out string? json)
    {
        var members = new List<(string, string?)>();
        var reader = new ProtoReader(bytes);
        while (TryReadElement(ref reader, out ReadOnlySpan<byte> pair))
        {
            string? member = null;
            if ((FindPair(pair, out string key, out ReadOnlySpan<byte> value) ?? FindJson(value, depth + 1, out member) ?? message.CountPart()) is { } error)
            {
                reader.Fail(error);
                break;
            }

            members.Add((key, member));
        }

        json = reader.Error is null ? AttributeJson.MapOf(members) : null;
        return reader.Error;
    }

    // Goes to the next field 1, which a list and a map have alone.
    private static bool TryReadElement(ref ProtoReader reader, out ReadOnlySpan<byte> element)
    {
        element = default;
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field == 1)
            {
                return wireType == ProtoReader.Bytes ? reader.TryReadBytes(out element) : ProtoFields.WrongType(ref reader, field, wireType);
            }

            reader.TrySkip(wireType);
        }

        return false;
    }

    // Which field of an AnyValue holds its value: the last one counts; 0 where none does.
    private static string? FindValue(ReadOnlySpan<byte> value, out int valueField, out ulong number, out ReadOnlySpan<byte> bytes)
    {
        valueField = 0;
        number = 0;
        bytes = default;
        var reader = new ProtoReader(value);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            bool read = (field, wireType) switch
            {
                (StringField or ArrayField or MapField or BytesField, ProtoReader.Bytes) => reader.TryReadBytes(out bytes),
                (BoolField or IntField, ProtoReader.Varint) => reader.TryReadVarint(out number),
                (DoubleField, ProtoReader.Fixed64) => reader.TryReadFixed64(out number),
                ( >= StringField and <= BytesField, _) => ProtoFields.WrongType(ref reader, field, wireType),
                _ => reader.TrySkip(wireType),
            };
            valueField = read && field <= BytesField ? field : valueField;
        }

        return reader.Error is { } error ? "attribute value: " + error : null;
    }
}
