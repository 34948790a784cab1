using System.Collections.Concurrent;

namespace Pharos.Server.Logging;

/// <summary>Gives each category its logger; all write to one sink.</summary>
internal sealed class SlogLoggerProvider : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, SlogLogger> _loggers = new(StringComparer.Ordinal);
    private readonly LogSink _sink;

    public SlogLoggerProvider(LogSink sink)
    {
        _sink = sink;
    }

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, static (category, sink) => new SlogLogger(sink, category), _sink);

    public void Dispose()
    {
        // The sink's stream is the process' own.
    }
}
