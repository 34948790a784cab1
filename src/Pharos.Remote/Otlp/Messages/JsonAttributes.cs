using System.Text.Json;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>Reads <c>KeyValue</c> objects and what their values are as text.</summary>
internal sealed class JsonAttributes(OtlpMessage message)
{
    /// <summary>Reads a list of attributes to the end of another.</summary>
    public void ReadList(ref JsonFields json, List<OtlpAttribute> attributes)
    {
        bool isList = json.IsList();
        while (isList && json.NextElement())
        {
            Count();
            string key = "";
            string text = "";
            bool isObject = json.IsObject();
            while (isObject && json.NextMember())
            {
                if (json.Is("key"u8))
                {
                    key = json.Text();
                }
                else if (json.Is("value"u8))
                {
                    text = ReadText(ref json);
                }
                else
                {
                    json.Skip();
                }
            }

            attributes.Add(new OtlpAttribute(key, text));
        }
    }

    // The text of a value of its own: a string as it is, everything else as JSON.
    private string ReadText(ref JsonFields json)
    {
        string text = "";
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (json.Is("stringValue"u8, "string_value"u8))
            {
                text = json.Text();
            }
            else if (json.Is("doubleValue"u8, "double_value"u8))
            {
                text = AttributeJson.TextOf(json.Double());
            }
            else if (json.Is("bytesValue"u8, "bytes_value"u8))
            {
                text = json.Base64();
            }
            else if (TryReadScalarOrContainer(ref json, depth: 1, out string? other))
            {
                text = other ?? "";
            }
            else
            {
                json.Skip();
            }
        }

        return text;
    }

    // The JSON of a value within a list or map; null where there is none.
    private string? ReadJson(ref JsonFields json, int depth)
    {
        if (depth > AttributeJson.MaxDepth)
        {
            throw new JsonException(AttributeJson.TooDeep);
        }

        string? text = "null";
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (json.Is("stringValue"u8, "string_value"u8))
            {
                text = AttributeJson.Quote(json.Text());
            }
            else if (json.Is("doubleValue"u8, "double_value"u8))
            {
                text = AttributeJson.NumberOf(json.Double());
            }
            else if (json.Is("bytesValue"u8, "bytes_value"u8))
            {
                text = AttributeJson.Quote(json.Base64());
            }
            else if (TryReadScalarOrContainer(ref json, depth, out string? other))
            {
                text = other;
            }
            else
            {
                json.Skip();
            }
        }

        return text;
    }

    private bool TryReadScalarOrContainer(ref JsonFields json, int depth, out string? text)
    {
        text = null;
        if (json.Is("boolValue"u8, "bool_value"u8))
        {
            text = AttributeJson.TextOf(json.Bool());
            return true;
        }

        if (json.Is("intValue"u8, "int_value"u8))
        {
            text = AttributeJson.TextOf(json.Int64());
            return true;
        }

        if (json.Is("arrayValue"u8, "array_value"u8))
        {
            text = ReadArray(ref json, depth);
            return true;
        }

        if (json.Is("kvlistValue"u8, "kvlist_value"u8))
        {
            text = ReadMap(ref json, depth);
            return true;
        }

        return false;
    }

    private string? ReadArray(ref JsonFields json, int depth)
    {
        var elements = new List<string?>();
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (!json.Is("values"u8))
            {
                json.Skip();
            }
            else if (json.IsList())
            {
                while (json.NextElement())
                {
                    Count();
                    elements.Add(ReadJson(ref json, depth + 1));
                }
            }
        }

        return AttributeJson.ListOf(elements);
    }

    private string? ReadMap(ref JsonFields json, int depth)
    {
        var members = new List<(string, string?)>();
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (!json.Is("values"u8))
            {
                json.Skip();
            }
            else if (json.IsList())
            {
                while (json.NextElement())
                {
                    Count();
                    members.Add(ReadMember(ref json, depth));
                }
            }
        }

        return AttributeJson.MapOf(members);
    }

    private (string Key, string? Value) ReadMember(ref JsonFields json, int depth)
    {
        string key = "";
        string? value = "null";
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (json.Is("key"u8))
            {
                key = json.Text();
            }
            else if (json.Is("value"u8))
            {
                value = ReadJson(ref json, depth + 1);
            }
            else
            {
                json.Skip();
            }
        }

        return (key, value);
    }

    private void Count()
    {
        if (message.CountPart() is { } refusal)
        {
            throw new JsonException(refusal);
        }
    }
}
