using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pharos.Server.Logging;

/// <summary>One JSON object a line, with the same keys as logfmt; numbers and booleans keep their type.</summary>
internal sealed class JsonLogWriter : ILogLineWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(in LogLine line, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", line.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", line.LevelName);
            json.WriteString("source", line.Source);
            json.WriteString("msg", line.Message);
            if (line.Component.Length > 0)
            {
                json.WriteString("component", line.Component);
            }

            foreach ((string name, object? value) in LogAttributes.Beside(line.Attributes))
            {
                WriteValue(json, LogAttributes.Key(name), value);
            }

            if (line.Exception is { } exception)
            {
                json.WriteString("err", LogAttributes.Message(exception));
                if (line.Level >= LogLevel.Error)
                {
                    json.WriteString("stack", exception.ToString());
                }
            }

            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteValue(Utf8JsonWriter json, string key, object? value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBoolean(key, flag);
                break;
            case int or long or short or byte or uint or ushort:
                json.WriteNumber(key, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.WriteNumber(key, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(key, number);
                break;
            case null:
                json.WriteNull(key);
                break;
            default:
                json.WriteString(key, LogAttributes.Text(value));
                break;
        }
    }
}
