using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Time;
using Pharos.Remote.Reading;
using Pharos.Server.Flags;
using Pharos.Server.Logging;
using Pharos.Storage.Wal;

namespace Pharos.Server.Options;

/// <summary>Turns the flags of <c>pharos serve</c> into options, and refuses what contradicts itself.</summary>
internal static class ServerOptionsReader
{
    private const string DefaultConfigFile = "prometheus.yml";
    private const int MostFrameBytes = 256 << 20;
    private static readonly TimeSpan LeastSyncInterval = TimeSpan.FromMilliseconds(10);

    /// <param name="args">The command line after the word <c>serve</c>.</param>
    /// <exception cref="FlagException">The command line is wrong.</exception>
    public static ServerOptions Read(IReadOnlyList<string> args)
    {
        (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(FlagCatalog.Serve, args);
        if (words.Count > 1)
        {
            throw new FlagException($"unexpected {words[1]}: one folder of configuration can be served", exitCode: 1);
        }

        string? folder = words.Count == 1 ? words[0] : null;
        if (folder is not null && flags.IsGiven("config.file"))
        {
            throw new FlagException($"--config.file and the folder {folder} exclude each other", exitCode: 1);
        }

        HashSet<string> features = ReadFeatures(flags);
        bool watchesConfig = flags.IsOn("config.auto-reload") || features.Contains(FeatureNames.AutoReload);
        return new ServerOptions
        {
            Flags = flags,
            ConfigFile = folder is null ? ConfigFile(flags) : null,
            ConfigFolder = folder,
            AutoReloadInterval = watchesConfig ? AtLeast(flags.GetDuration("config.auto-reload-interval"), TimeSpan.FromSeconds(1)) : null,
            Web = ReadWeb(flags),
            Storage = ReadStorage(flags) with
            {
                KeepsExemplars = features.Contains(FeatureNames.ExemplarStorage),
                KeepsMetadata = features.Contains(FeatureNames.MetadataRecords),
            },
            Query = ReadQuery(flags),
            Rules = ReadRules(flags),
            RemoteRead = ReadRemoteRead(flags),
            Alerting = ReadAlerting(flags),
            Features = features,
            DiscoveryInterval = AtLeast(flags.GetDuration("scrape.discovery-reload-interval"), TimeSpan.FromMilliseconds(1)),
            HostCollector = flags.IsOn("host-collector"),
            LogLevel = flags.Get("log.level") switch
            {
                "debug" => LogLevel.Debug,
                "warn" => LogLevel.Warning,
                "error" => LogLevel.Error,
                _ => LogLevel.Information,
            },
            LogFormat = flags.Get("log.format") == "json" ? LogFormat.Json : LogFormat.Logfmt,
        };
    }

    private static HashSet<string> ReadFeatures(FlagValues flags) =>
        flags.GetList("enable-feature").SelectMany(static list => list.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);

    private static string? ConfigFile(FlagValues flags) =>
        flags.IsGiven("config.file") ? flags.Get("config.file") : File.Exists(DefaultConfigFile) ? DefaultConfigFile : null;

    private static WebOptions ReadWeb(FlagValues flags)
    {
        Uri? externalUrl = ReadExternalUrl(flags.Get("web.external-url"));
        string prefix = flags.Get("web.route-prefix") is { Length: > 0 } given ? given : externalUrl?.AbsolutePath ?? "";
        return new WebOptions
        {
            ListenAddresses = [.. flags.GetList("web.listen-address").Select(ReadListenAddress)],
            ExternalUrl = externalUrl,
            RoutePrefix = prefix.Trim('/') is { Length: > 0 } path ? "/" + path : "",
            ReadTimeout = AtLeast(flags.GetDuration("web.read-timeout"), TimeSpan.FromSeconds(1)),
            MaxConnections = Positive(flags, "web.max-connections"),
            EnableLifecycle = flags.IsOn("web.enable-lifecycle"),
            EnableAdminApi = flags.IsOn("web.enable-admin-api"),
            EnableRemoteWriteReceiver = flags.IsOn("web.enable-remote-write-receiver"),
            AcceptedWriteMessages = [.. flags.GetList("web.remote-write-receiver.accepted-protobuf-messages").SelectMany(static list => list.Split(','))],
            EnableOtlpReceiver = flags.IsOn("web.enable-otlp-receiver"),
            PageTitle = flags.IsGiven("web.page-title") ? flags.Get("web.page-title") : "Pharos",
            CorsOrigin = ReadCorsOrigin(flags.Get("web.cors.origin")),
            ConfigFile = NullIfEmpty(flags.Get("web.config.file")),
            Auth = flags.Get("web.auth") == "none" ? AuthMode.None : AuthMode.Required,
            AdminPasswordFile = NullIfEmpty(flags.Get("web.admin-password-file")),
        };
    }

    private static StorageOptions ReadStorage(FlagValues flags)
    {
        TimeSpan retention = flags.GetDuration("storage.tsdb.retention.time");
        long segmentSize = flags.GetBytes("storage.tsdb.wal-segment-size");
        long blockSegmentSize = flags.GetBytes("storage.tsdb.max-block-chunk-segment-size");
        return new StorageOptions
        {
            Path = flags.Get("storage.tsdb.path"),
            Retention = retention > TimeSpan.Zero ? retention : null,
            RetentionBytes = flags.GetBytes("storage.tsdb.retention.size"),
            MinBlockDuration = AtLeast(flags.GetDuration("storage.tsdb.min-block-duration"), TimeSpan.FromSeconds(1)),
            MaxBlockDuration = flags.GetDuration("storage.tsdb.max-block-duration"),
            BlockSegmentBytes = blockSegmentSize > 0 ? blockSegmentSize : null,
            BlockReloadInterval = AtLeast(flags.GetDuration("storage.tsdb.block-reload-interval"), TimeSpan.FromSeconds(1)),
            SegmentSizeBytes = segmentSize > 0 ? segmentSize : null,
            RemoteFlushDeadline = flags.GetDuration("storage.remote.flush-deadline"),
            Compression = !flags.IsOn("storage.tsdb.wal-compression") ? WalCompression.None
                : flags.Get("storage.tsdb.wal-compression-type") == "zstd" ? WalCompression.Zstd : WalCompression.Snappy,
            SyncInterval = ReadSyncInterval(flags.Get("storage.tsdb.wal-sync")),
        };
    }

    private static TimeSpan? ReadSyncInterval(string text)
    {
        if (text is "segment" or "always")
        {
            return text == "always" ? TimeSpan.Zero : null;
        }

        return PrometheusDuration.TryParse(text, out TimeSpan interval, out _) && interval >= LeastSyncInterval
            ? interval
            : throw new FlagException($"--storage.tsdb.wal-sync: \"{text}\" is neither segment nor always nor a duration of at least 10ms", exitCode: 2);
    }

    private static AlertingOptions ReadAlerting(FlagValues flags) => new()
    {
        ConfigFile = NullIfEmpty(flags.Get("alertmanager.config.file")),
        Retention = AtLeast(flags.GetDuration("alertmanager.data-retention"), TimeSpan.FromMinutes(1)),
        MaxSilences = NotNegative(flags, "alertmanager.silences.max-silences"),
        MaxSilenceBytes = NotNegative(flags, "alertmanager.silences.max-silence-size-bytes"),
        QueueCapacity = (int)Math.Min(Positive(flags, "alertmanager.notification-queue-capacity"), AlertingOptions.MostQueued),
        BatchSize = (int)Math.Min(Positive(flags, "alertmanager.notification-batch-size"), AlertingOptions.MostQueued),
        DrainOnShutdown = flags.IsOn("alertmanager.drain-notification-queue-on-shutdown"),
    };

    private static QueryOptions ReadQuery(FlagValues flags) => new()
    {
        LookbackDelta = flags.GetDuration("query.lookback-delta") is { Ticks: > 0 } lookback ? lookback : TimeSpan.FromMinutes(5),
        Timeout = flags.GetDuration("query.timeout"),
        MaxConcurrency = (int)Math.Min(Positive(flags, "query.max-concurrency"), int.MaxValue),
        MaxSamples = Positive(flags, "query.max-samples"),
    };

    private static RuleOptions ReadRules(FlagValues flags) => new()
    {
        OutageTolerance = flags.GetDuration("rules.alert.for-outage-tolerance"),
        GracePeriod = flags.GetDuration("rules.alert.for-grace-period"),
        ResendDelay = flags.GetDuration("rules.alert.resend-delay"),
    };

    private static RemoteReadLimits ReadRemoteRead(FlagValues flags) => new()
    {
        MaxSamples = flags.GetInteger("storage.remote.read-sample-limit"),
        MaxConcurrency = NotNegative(flags, "storage.remote.read-concurrent-limit") is > 0 and int limit ? limit : int.MaxValue, // 0: no limit
        MaxBytesInFrame = (int)Math.Min(Positive(flags, "storage.remote.read-max-bytes-in-frame"), MostFrameBytes),
    };

    private static ListenAddress ReadListenAddress(string text) =>
        ListenAddress.TryParse(text, out ListenAddress? address)
            ? address!
            : throw new FlagException($"--web.listen-address: {GoQuote.Quote(text)} is not host:port with a port from 0 to 65535", exitCode: 1);

    private static Uri? ReadExternalUrl(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        // As upstream, a URL without a scheme may be a path alone.
        if (text.StartsWith('/') && Uri.TryCreate(new Uri("http://localhost"), text, out Uri? fromPath))
        {
            return fromPath;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.Query.Length == 0
            ? url
            : throw new FlagException($"--web.external-url: {GoQuote.Quote(text)} is no absolute URL of http or https", exitCode: 2);
    }

    private static AnchoredRegex ReadCorsOrigin(string pattern)
    {
        try
        {
            return AnchoredRegex.Parse(pattern);
        }
        catch (RegexSyntaxException exception)
        {
            throw new FlagException($"--web.cors.origin: {exception.Message}", exitCode: 2);
        }
    }

    private static long Positive(FlagValues flags, string name) =>
        flags.GetInteger(name) is > 0 and long value ? value : throw new FlagException($"--{name}: must be greater than 0", exitCode: 2);

    private static int NotNegative(FlagValues flags, string name) =>
        flags.GetInteger(name) is >= 0 and <= int.MaxValue and long value ? (int)value : throw new FlagException($"--{name}: must be from 0 to {int.MaxValue}", exitCode: 2);

    private static TimeSpan AtLeast(TimeSpan value, TimeSpan least) => value < least ? least : value;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
