using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pharos.PromQL;
using Pharos.Server.Api;

namespace Pharos.Server.Logging;

/// <summary>
/// <c>query_log_file</c>: every query that ended, one JSON object a line with upstream's fields. Appends to the file; a line is written whole or, on an error, not at all. Thread-safe.
/// </summary>
internal sealed class QueryLog : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _file;
    private readonly TimeProvider _clock;
    private readonly bool _perStep;
    private readonly Lock _lock = new(); // guards the file
    private readonly Action _failed;
    private bool _isClosed;

    /// <param name="path">Made when absent.</param>
    /// <param name="clock">The time of a line.</param>
    /// <param name="perStep">Whether the counts of each step are logged too.</param>
    /// <param name="failed">Called when a line could not be written.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be.</exception>
    public QueryLog(string path, TimeProvider clock, bool perStep, Action failed)
    {
        // Others may read and rotate it meanwhile.
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _clock = clock;
        _perStep = perStep;
        _failed = failed;
    }

    public void Write(QueryLogEntry entry)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            Write(json, entry);
        }

        line.Write("\n"u8);
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            try
            {
                _file.Write(line.WrittenSpan);
            }
            catch (IOException)
            {
                _failed();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _file.Dispose();
        }
    }

    private void Write(Utf8JsonWriter json, QueryLogEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("time"u8, Text(_clock.GetUtcNow()));
        json.WriteString("level"u8, "INFO"u8);
        json.WriteString("msg"u8, "promql query logged"u8);
        json.WriteStartObject("params"u8);
        json.WriteString("end"u8, Text(DateTimeOffset.FromUnixTimeMilliseconds(entry.End)));
        json.WriteString("query"u8, entry.Query);
        json.WriteString("start"u8, Text(DateTimeOffset.FromUnixTimeMilliseconds(entry.Start)));
        json.WriteNumber("step"u8, entry.StepMs / 1000);
        json.WriteEndObject();
        if (entry.Error is { } error)
        {
            json.WriteString("error"u8, error);
        }

        json.WritePropertyName("stats"u8);
        QueryStatisticsWriter.Write(json, entry.Statistics, _perStep);
        if (entry.Asker is { } asker)
        {
            json.WriteStartObject(asker.Kind);
            foreach ((string name, string value) in asker.Fields)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
