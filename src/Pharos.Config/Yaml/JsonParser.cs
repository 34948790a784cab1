using System.Text;
using System.Text.Json;

namespace Pharos.Config.Yaml;

/// <summary>JSON text to the same nodes that YAML gives. Strict: no comments, no trailing commas.</summary>
public static class JsonParser
{
    /// <summary>Whether the text begins as a JSON object or list does.</summary>
    public static bool LooksLikeJson(ReadOnlySpan<byte> utf8)
    {
        int start = utf8.IndexOfAnyExcept(" \t\r\n"u8);
        return start >= 0 && utf8[start] is (byte)'{' or (byte)'[';
    }

    /// <summary>The document; null when it is no JSON or beyond the limits, which is then noted.</summary>
    public static YamlNode? Parse(ReadOnlySpan<byte> utf8, ConfigDiagnostics diagnostics, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        var place = new Place(utf8);
        try
        {
            reader.Read();
            YamlNode root = Read(ref reader, ref place);
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            var position = new TextPosition((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            diagnostics.Error(position, "json: " + Reason(e.Message));
            return null;
        }
        catch (InvalidOperationException)
        {
            diagnostics.Error(place.At(reader.TokenStartIndex), "json: invalid text in a string");
            return null;
        }
    }

    private static YamlNode Read(ref Utf8JsonReader reader, ref Place place)
    {
        TextPosition position = place.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new List<YamlEntry>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    YamlNode key = YamlNode.Scalar(place.At(reader.TokenStartIndex), null, reader.GetString()!, isPlain: false);
                    reader.Read();
                    entries.Add(new YamlEntry(key, Read(ref reader, ref place)));
                }

                return YamlNode.Mapping(position, null, entries);
            case JsonTokenType.StartArray:
                var items = new List<YamlNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, ref place));
                }

                return YamlNode.Sequence(position, null, items);
            case JsonTokenType.String:
                return YamlNode.Scalar(position, null, reader.GetString()!, isPlain: false);
            default:
                return YamlNode.Scalar(position, null, Encoding.UTF8.GetString(reader.ValueSpan), isPlain: true);
        }
    }

    // The message without its last sentence, which says the place again.
    private static string Reason(string message)
    {
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        int quoted = message.IndexOf('\'', StringComparison.Ordinal);
        string reason = place < 0 ? message : message[..place];

        // What the reader quotes may be part of a secret.
        return quoted < 0 ? reason.TrimEnd('.') : "the text is not valid";
    }

    /// <summary>Turns offsets, which only grow, into lines and columns.</summary>
    private ref struct Place(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _line = 1;
        private int _lineStart;
        private int _seen;

        public TextPosition At(long offset)
        {
            int end = (int)Math.Min(offset, _text.Length);
            while (_seen < end)
            {
                int newline = _text[_seen..end].IndexOf((byte)'\n');
                if (newline < 0)
                {
                    break;
                }

                _line++;
                _lineStart = _seen + newline + 1;
                _seen = _lineStart;
            }

            _seen = Math.Max(_seen, end);
            return new TextPosition(_line, Encoding.UTF8.GetCharCount(_text[_lineStart..end]) + 1);
        }
    }
}
