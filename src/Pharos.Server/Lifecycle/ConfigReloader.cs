using Pharos.Config;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary>
/// Loads the configuration at start and at each reload. All or nothing: first everything is read and checked, then the parts take it up one after
/// another, and if one fails those before it get the former one back. One load at a time.
/// </summary>
internal sealed partial class ConfigReloader : IDisposable
{
    private readonly IConfigSource _source;
    private readonly IReadOnlyList<IConfigured> _parts;
    private readonly ReloadStatus _status;
    private readonly IJournal _journal;
    private readonly TimeProvider _clock;
    private readonly ILogger<ConfigReloader> _logger;
    private readonly SemaphoreSlim _one = new(1);
    private volatile PrometheusConfig? _current;

    /// <param name="source">Where it comes from.</param>
    /// <param name="parts">Who takes it up, in this order.</param>
    /// <param name="status">Where the outcome is shown.</param>
    /// <param name="journal">Is told of every reload.</param>
    /// <param name="clock">Times the outcome.</param>
    /// <param name="logger">Takes what happened.</param>
    public ConfigReloader(
        IConfigSource source, IReadOnlyList<IConfigured> parts, ReloadStatus status, IJournal journal, TimeProvider clock, ILogger<ConfigReloader> logger)
    {
        _source = source;
        _parts = parts;
        _status = status;
        _journal = journal;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Reads and checks the first configuration, before any part is started; <see cref="ApplyFirstAsync"/> gives it to them.</summary>
    /// <exception cref="StartException">It is refused.</exception>
    public PrometheusConfig LoadFirst()
    {
        try
        {
            PrometheusConfig config = _source.Load();
            Warn(config);
            _current = config;
            _status.SetSuccess(_clock.GetUtcNow());
            return config;
        }
        catch (ConfigException exception)
        {
            Refuse(exception);
            throw new StartException($"Error loading config ({_source.Name}): {First(exception)}", exitCode: 2, exception);
        }
    }

    /// <summary>Gives the first configuration to the parts.</summary>
    public async Task ApplyFirstAsync(CancellationToken cancellationToken)
    {
        foreach (IConfigured part in _parts)
        {
            await part.ApplyAsync(_current!, cancellationToken).ConfigureAwait(false);
        }

        _status.SetSuccess(_clock.GetUtcNow());
    }

    /// <summary>The files of the configuration that runs.</summary>
    public IReadOnlyList<string> Files() => _source.Files(_current!);

    /// <summary>Loads anew; answers why that failed, or null.</summary>
    public async Task<string?> ReloadAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ReloadOneAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<string?> ReloadOneAsync(CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        Log.Loading(_logger, _source.Name);
        PrometheusConfig config;
        try
        {
            config = _source.Load();
        }
        catch (ConfigException exception)
        {
            Refuse(exception);
            string reason = $"couldn't load configuration ({_source.Name}): {exception.Message}";
            Fail(reason, exception.Errors.Count > 0 ? exception.Errors[0] : null);
            return reason;
        }

        Warn(config);
        if (await ApplyAsync(config, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            Fail(failure, place: null);
            return failure;
        }

        _current = config;
        _status.SetSuccess(_clock.GetUtcNow());
        TimeSpan duration = _clock.GetElapsedTime(start);
        Log.Loaded(_logger, _source.Name, duration);
        Record(JournalKind.Reloaded, _source.Name, "");
        return null;
    }

    private void Fail(string reason, ConfigError? place)
    {
        _status.SetFailure(_clock.GetUtcNow(), reason, place);
        Record(JournalKind.ReloadFailed, place?.File ?? _source.Name, place?.ToString() ?? reason);
    }

    private void Record(JournalKind kind, string subject, string detail) =>
        _journal.Record(new JournalEntry(_clock.GetUtcNow().ToUnixTimeMilliseconds(), kind, subject, detail, Labels.Empty));

    private async Task<string?> ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _parts.Count; i++)
        {
            try
            {
                await _parts[i].ApplyAsync(config, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.PartFailed(_logger, _parts[i].Name, exception);
                await RestoreAsync(i).ConfigureAwait(false);
                return $"{_parts[i].Name} could not take up the new configuration, the former one runs: {exception.Message}";
            }
        }

        return null;
    }

    private async Task RestoreAsync(int last)
    {
        for (int i = last; i >= 0; i--)
        {
            try
            {
                await _parts[i].ApplyAsync(_current!, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Log.RestoreFailed(_logger, _parts[i].Name, exception);
            }
        }
    }

    private void Refuse(ConfigException exception)
    {
        foreach (ConfigError error in exception.Errors)
        {
            Log.Refused(_logger, error.File, error.Line, error.Column, error.Describe());
        }
    }

    private void Warn(PrometheusConfig config)
    {
        foreach (ConfigWarning warning in config.Warnings)
        {
            Log.Warning(_logger, warning.Message, warning.File, warning.Line, warning.Column);
        }
    }

    private static string First(ConfigException exception) =>
        exception.Errors.Count == 1 ? exception.Errors[0].ToString() : $"{exception.Errors[0]} and {exception.Errors.Count - 1} more";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Loading configuration")]
        public static partial void Loading(ILogger logger, string filename);

        [LoggerMessage(Level = LogLevel.Information, Message = "Completed loading of configuration")]
        public static partial void Loaded(ILogger logger, string filename, TimeSpan totalDuration);

        [LoggerMessage(Level = LogLevel.Error, Message = "The configuration is refused")]
        public static partial void Refused(ILogger logger, string file, int line, int column, string err);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Configuration: {message}")]
        public static partial void Warning(ILogger logger, string message, string file, int line, int column);

        [LoggerMessage(Level = LogLevel.Error, Message = "A part could not take up the new configuration")]
        public static partial void PartFailed(ILogger logger, string part, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "A part could not take back the former configuration")]
        public static partial void RestoreFailed(ILogger logger, string part, Exception exception);
    }
}
