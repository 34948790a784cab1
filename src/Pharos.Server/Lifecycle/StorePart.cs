using Pharos.Core.Buffers;
using Pharos.Server.Configuration;
using Pharos.Server.Options;
using Pharos.Storage;
using Pharos.Storage.Wal;

namespace Pharos.Server.Lifecycle;

/// <summary>The store: opened once the port answers, closed last, with the retention of the configuration in between.</summary>
internal sealed partial class StorePart : IConfigured, IDisposable
{
    private readonly StorageOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<StorePart> _logger;
    private volatile Tsdb? _store;

    public StorePart(StorageOptions options, TimeProvider clock, ILogger<StorePart> logger)
    {
        _options = options;
        _clock = clock;
        _logger = logger;
    }

    public string Name => "storage";

    /// <summary>What the other parts append to and read from, before the store is open and after it is closed too.</summary>
    public StoreHandle Handle { get; } = new();

    /// <summary>The store; null while it is not open.</summary>
    public Tsdb? Store => _store;

    /// <summary>Reads the log; when this returns, all that was ever acknowledged can be asked for.</summary>
    /// <exception cref="StartException">The folder cannot be used.</exception>
    public void Open(PrometheusConfig config, CancellationToken cancellationToken)
    {
        if (_options.Compression == WalCompression.Zstd && !ZstdBlock.IsSupported)
        {
            throw new StartException("--storage.tsdb.wal-compression-type=zstd needs libzstd.so.1 on this host (Debian: package libzstd1)", exitCode: 1);
        }

        long start = _clock.GetTimestamp();
        Log.Opening(_logger, _options.Path);
        RetentionLimits limits = Retention.Of(config, _options);
        var options = new TsdbOptions
        {
            Folder = _options.Path,
            TimeProvider = _clock,
            Retention = limits.Time,
            RetentionBytes = limits.Bytes,
            RetentionPercentage = limits.Percentage,
            MinBlockDuration = _options.MinBlockDuration,
            MaxBlockDuration = _options.MaxBlockDuration,
            BlockSegmentBytes = _options.BlockSegmentBytes ?? TsdbOptions.DefaultBlockSegmentBytes,
            MaintenanceInterval = _options.BlockReloadInterval,
            OutOfOrderWindow = config.Storage.OutOfOrderTimeWindow,
            WalCompression = _options.Compression,
            WalSyncInterval = _options.SyncInterval,
            MaxExemplars = _options.KeepsExemplars ? config.Storage.MaxExemplars : 0,
            ExemplarWindow = config.Storage.OutOfOrderTimeWindow,
            KeepMetadata = _options.KeepsMetadata,
            DropAfterCorruption = true,
            Log = Write,
        };
        try
        {
            _store = Tsdb.Open(_options.SegmentSizeBytes is { } bytes ? options with { WalSegmentBytes = SegmentBytes(bytes) } : options, cancellationToken);
        }
        catch (Exception exception) when (exception is DataFolderException or CorruptionException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"opening storage failed: {exception.Message}", exitCode: 1, exception);
        }

        SetExemplars(_store, config);
        Handle.Open(_store);
        TsdbMetrics metrics = _store.GetMetrics();
        TimeSpan duration = _clock.GetElapsedTime(start);
        Log.Opened(_logger, metrics.Series, duration);
    }

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        if (_store is { } store)
        {
            store.SetRetention(Retention.Of(config, _options));
            store.SetOutOfOrderWindow(config.Storage.OutOfOrderTimeWindow);
            SetExemplars(store, config);
        }

        return Task.CompletedTask;
    }

    /// <summary>Refuses further samples, writes what waits and gives the folder free.</summary>
    public void Dispose()
    {
        Handle.Close();
        _store?.Dispose();
        _store = null;
    }

    private void SetExemplars(Tsdb store, PrometheusConfig config) =>
        store.SetExemplars(_options.KeepsExemplars ? config.Storage.MaxExemplars : 0, config.Storage.OutOfOrderTimeWindow);

    // A multiple of the log's pages of 32 KiB, two at least.
    private static int SegmentBytes(long bytes)
    {
        const int Page = 32 * 1024;
        return (int)Math.Clamp(bytes / Page * Page, 2 * Page, int.MaxValue / Page * Page);
    }

    private void Write(TsdbMessage message)
    {
        switch (message.Severity)
        {
            case TsdbSeverity.Error:
                Log.Error(_logger, message.Text);
                break;
            case TsdbSeverity.Warning:
                Log.Warning(_logger, message.Text);
                break;
            default:
                Log.Information(_logger, message.Text);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Opening the store")]
        public static partial void Opening(ILogger logger, string path);

        [LoggerMessage(Level = LogLevel.Information, Message = "The store is open")]
        public static partial void Opened(ILogger logger, long series, TimeSpan duration);

        [LoggerMessage(Level = LogLevel.Information, Message = "Storage: {text}")]
        public static partial void Information(ILogger logger, string text);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Storage: {text}")]
        public static partial void Warning(ILogger logger, string text);

        [LoggerMessage(Level = LogLevel.Error, Message = "Storage: {text}")]
        public static partial void Error(ILogger logger, string text);
    }
}
