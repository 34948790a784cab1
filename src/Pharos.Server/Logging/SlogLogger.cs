
namespace Pharos.Server.Logging;

/// <summary>The logger of one category: a type's full name, or a framework's.</summary>
internal sealed class SlogLogger : ILogger
{
    private const string OwnPrefix = "Pharos.";
    private readonly LogSink _sink;
    private readonly string _source;
    private readonly string _component;
    private readonly LogLevel _minLevel;

    public SlogLogger(LogSink sink, string category)
    {
        _sink = sink;
        _source = category[(category.LastIndexOf('.') + 1)..];
        bool isOwn = category.StartsWith(OwnPrefix, StringComparison.Ordinal);
        _component = isOwn ? ComponentOf(category) : "framework";

        // A framework talks about each request: its everyday messages are for those who debug. That its host does not start, the server says itself.
        _minLevel = category.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal) ? LogLevel.Critical
            : isOwn || sink.MinLevel < LogLevel.Information || sink.MinLevel > LogLevel.Warning ? sink.MinLevel : LogLevel.Warning;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= _minLevel && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string source = eventId.Name is { Length: > 0 } name ? $"{_source}.{name}" : _source;
        IReadOnlyList<KeyValuePair<string, object?>> attributes = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        _sink.Write(new LogLine(_sink.Clock.GetUtcNow(), logLevel, source, _component, formatter(state, exception), attributes, exception));
    }

    // Pharos.Scrape.ScrapeLoop is of the component scrape; the server speaks for itself.
    private static string ComponentOf(string category)
    {
        int end = category.IndexOf('.', OwnPrefix.Length);
        string room = end < 0 ? category[OwnPrefix.Length..] : category[OwnPrefix.Length..end];
        return room == "Server" ? "" : room.ToLowerInvariant();
    }
}
