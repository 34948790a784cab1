using System.Buffers;
using System.Globalization;
using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Server.Logging;

/// <summary><c>time=… level=INFO source=… msg="…" key=value</c>, quoted where a reader of logfmt needs it, as Go's text handler does.</summary>
internal sealed class LogfmtWriter : ILogLineWriter
{
    public void Write(in LogLine line, IBufferWriter<byte> output)
    {
        var text = new StringBuilder(256);
        text.Append("time=").Append(line.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        text.Append(" level=").Append(line.LevelName);
        Append(text, "source", line.Source);
        Append(text, "msg", line.Message);
        if (line.Component.Length > 0)
        {
            Append(text, "component", line.Component);
        }

        foreach ((string name, object? value) in LogAttributes.Beside(line.Attributes))
        {
            Append(text, LogAttributes.Key(name), LogAttributes.Text(value));
        }

        if (line.Exception is { } exception)
        {
            Append(text, "err", LogAttributes.Message(exception));
            if (line.Level >= LogLevel.Error)
            {
                Append(text, "stack", exception.ToString());
            }
        }

        text.Append('\n');
        foreach (ReadOnlyMemory<char> chunk in text.GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, output);
        }
    }

    private static void Append(StringBuilder text, string key, string value)
    {
        text.Append(' ').Append(key).Append('=');
        if (NeedsQuotes(value))
        {
            GoQuote.Append(text, value);
        }
        else
        {
            text.Append(value);
        }
    }

    private static bool NeedsQuotes(string value)
    {
        foreach (char c in value)
        {
            if (c is <= ' ' or '"' or '=' or '\\' or (>= '\u007f' and <= '\u00a0') || char.IsSurrogate(c))
            {
                return true;
            }
        }

        return value.Length == 0;
    }
}
