using System.Buffers;

namespace Pharos.Server.Logging;

/// <summary>
/// Where all lines go: one stream, one write a line, so that lines of several threads never mix. A stream that fails loses lines, not the server.
/// </summary>
internal sealed class LogSink
{
    private readonly Stream _stream;
    private readonly ILogLineWriter _writer;
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    // Guards the buffer and the order of writes.
    private readonly Lock _lock = new();

    public LogSink(Stream stream, LogFormat format, LogLevel minLevel, TimeProvider clock)
    {
        _stream = stream;
        _writer = format == LogFormat.Json ? new JsonLogWriter() : new LogfmtWriter();
        MinLevel = minLevel;
        Clock = clock;
    }

    /// <summary>What is less severe is not written.</summary>
    public LogLevel MinLevel { get; }

    public TimeProvider Clock { get; }

    public void Write(in LogLine line)
    {
        lock (_lock)
        {
            _buffer.ResetWrittenCount();
            _writer.Write(line, _buffer);
            try
            {
                _stream.Write(_buffer.WrittenSpan);
                _stream.Flush();
            }
            catch (IOException)
            {
                // Nobody reads standard error any more; there is no place to say so.
            }
        }
    }
}
