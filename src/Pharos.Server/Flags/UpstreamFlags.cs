using static Pharos.Server.Flags.FlagKind;

namespace Pharos.Server.Flags;

/// <summary>Every flag of Prometheus 3.0 to 3.14, the ones it hides included, with its type and default. Held to the list of its own source by a test.</summary>
internal static class UpstreamFlags
{
    private const string GoRuntime = "it tunes the runtime of Go";
    private const string NoAgent = "not yet supported: there is no agent mode, the server mode runs";
    private const string NoConsoles = "there are no console templates";
    private const string OneByOne = "not yet supported: the rules of a group are evaluated one after another";
    private const string Alignment = "the times of scrapes follow the schedule as upstream's defaults have it";

    public static IReadOnlyList<FlagDefinition> All { get; } =
        [.. Config(), .. Runtime(), .. Web(), .. Storage(), .. Agent(), .. Remote(), .. RulesAndAlerts(), .. Query(), .. Rest()];

    private static FlagDefinition[] Config() =>
    [
        new("config.file", Text, "prometheus.yml", "Configuration file in Prometheus' format."),
        new("config.auto-reload", Switch, "false", "Reload by itself when the configuration file changes."),
        new("config.auto-reload-interval", Duration, "30s", "How often to look for a change, with --config.auto-reload."),
    ];

    private static FlagDefinition[] Runtime() =>
    [
        new("auto-gomaxprocs", Switch, "true", "Accepted for compatibility.") { NoEffect = GoRuntime },
        new("auto-gomemlimit", Switch, "true", "Accepted for compatibility.") { NoEffect = GoRuntime },
        new("auto-gomemlimit.ratio", Float, "0.9", "Accepted for compatibility.") { NoEffect = GoRuntime },
        new("auto-gomemlimit.refresh-interval", Duration, "0s", "Accepted for compatibility.") { NoEffect = GoRuntime },
    ];

    private static FlagDefinition[] Web() =>
    [
        new("web.listen-address", Text, "0.0.0.0:9090", "Address to listen on. Can be repeated.") { Repeatable = true },
        new("web.config.file", Text, "", "File that enables TLS and basic auth, in Prometheus' format."),
        new("web.read-timeout", Duration, "5m", "Longest time to read a request's head, and to keep an idle connection."),
        new("web.max-connections", Integer, "512", "Most simultaneous connections over all listeners."),
        new("web.max-notifications-subscribers", Integer, "16", "Accepted for compatibility.")
        {
            NoEffect = "not yet supported: live notifications are not built yet",
        },
        new("web.external-url", Text, "", "The URL under which users reach the server, when it stands behind a proxy.") { Placeholder = "<URL>" },
        new("web.route-prefix", Text, "", "Path in front of every route; the path of --web.external-url by default.") { Placeholder = "<path>" },
        new("web.local-assets", Text, "", "Accepted for compatibility: Debian's addition.") { NoEffect = "the pages are built in", Hidden = true },
        new("web.user-assets", Text, "", "Accepted for compatibility.")
        {
            NoEffect = "not yet supported: no files of the user are served",
            Placeholder = "<path>",
        },
        new("web.enable-lifecycle", Switch, "false", "Allow reload and shutdown over HTTP."),
        new("web.enable-admin-api", Switch, "false", "Allow the admin endpoints of the API."),
        new("web.enable-remote-write-receiver", Switch, "false", "Accept remote write requests."),
        new("web.remote-write-receiver.accepted-protobuf-messages", Text, "prometheus.WriteRequest,io.prometheus.write.v2.Request",
            "Remote write messages to accept.")
        {
            Repeatable = true,
            Choices = ["prometheus.WriteRequest", "io.prometheus.write.v2.Request"],
        },
        new("web.enable-otlp-receiver", Switch, "false", "Accept OTLP metrics over HTTP."),
        new("web.console.templates", Text, "consoles", "Accepted for compatibility.") { NoEffect = NoConsoles },
        new("web.console.libraries", Text, "console_libraries", "Accepted for compatibility.") { NoEffect = NoConsoles },
        new("web.page-title", Text, "Prometheus Time Series Collection and Processing Server", "Title of the pages."),
        new("web.cors.origin", Text, ".*", "Anchored expression of the origins whose scripts may read answers."),
        new("web.search.max-limit", Integer, "10000", "Accepted for compatibility.") { NoEffect = "not yet supported: the search API is not built yet" },
    ];

    private static FlagDefinition[] Storage() =>
    [
        new("storage.tsdb.path", Text, "data/", "Folder of the store."),
        new("storage.tsdb.min-block-duration", Duration, "2h", "Span of the blocks that the head is written to.") { Hidden = true },
        new("storage.tsdb.max-block-duration", Duration, "0s", "Longest span of a block; by default a tenth of the retention, at most 31d.") { Hidden = true },
        new("storage.tsdb.max-block-chunk-segment-size", Bytes, "0B", "Size of a file of chunks in a block; 512MB by default.") { Hidden = true },
        new("storage.tsdb.wal-segment-size", Bytes, "0B", "Size of a segment of the log; 128MB by default.") { Hidden = true },
        new("storage.tsdb.retention.time", Duration, "0s", "How long to keep samples; 15d by default. The configuration file comes first.")
        {
            Placeholder = "15d",
        },
        new("storage.tsdb.retention.size", Bytes, "0B", "Most bytes of blocks, log and head to keep; the oldest blocks go first. The configuration file comes first.")
        {
            Placeholder = "<bytes>",
        },
        new("storage.tsdb.no-lockfile", Switch, "false", "Accepted for compatibility.") { NoEffect = "the folder of the store is always locked" },
        new("storage.tsdb.allow-overlapping-compaction", Switch, "true", "Accepted for compatibility.") { NoEffect = "blocks that overlap are always made one", Hidden = true },
        new("storage.tsdb.wal-compression", Switch, "true", "Compress the log.") { Hidden = true },
        new("storage.tsdb.wal-compression-type", Choice, "snappy", "How to compress the log: snappy, or zstd, smaller at several times the CPU.")
        {
            Choices = ["snappy", "zstd"],
            Hidden = true,
        },
        new("storage.tsdb.head-chunks-write-queue-size", Integer, "0", "Accepted for compatibility.") { NoEffect = "there is no such queue" },
        new("storage.tsdb.samples-per-chunk", Integer, "120", "Accepted for compatibility.") { NoEffect = "chunks hold 120 samples", Hidden = true },
        new("storage.tsdb.delayed-compaction.max-percent", Integer, "10", "Accepted for compatibility.") { NoEffect = "the head is written to a block as soon as it is due", Hidden = true },
        new("storage.tsdb.delay-compact-file.path", Text, "", "Accepted for compatibility.") { NoEffect = "not yet supported: blocks are made one whether or not another program has copied them" },
        new("storage.tsdb.block-reload-interval", Duration, "1m", "How often head and blocks are looked after.") { Hidden = true },
    ];

    private static FlagDefinition[] Agent() =>
    [
        new("agent", Switch, "false", "Accepted for compatibility.") { NoEffect = NoAgent },
        new("storage.agent.path", Text, "data-agent/", "Accepted for compatibility.") { NoEffect = NoAgent },
        new("storage.agent.wal-segment-size", Bytes, "0B", "Accepted for compatibility.") { NoEffect = NoAgent, Hidden = true },
        new("storage.agent.wal-compression", Switch, "true", "Accepted for compatibility.") { NoEffect = NoAgent },
        new("storage.agent.wal-compression-type", Choice, "snappy", "Accepted for compatibility.")
        {
            Choices = ["snappy", "zstd"],
            NoEffect = NoAgent,
            Hidden = true,
        },
        new("storage.agent.wal-truncate-frequency", Duration, "0s", "Accepted for compatibility.") { NoEffect = NoAgent, Hidden = true },
        new("storage.agent.retention.min-time", Duration, "5m", "Accepted for compatibility.") { NoEffect = NoAgent },
        new("storage.agent.retention.max-time", Duration, "4h", "Accepted for compatibility.") { NoEffect = NoAgent },
        new("storage.agent.checkpoint-from-in-memory-series", Switch, "false", "Accepted for compatibility.") { NoEffect = NoAgent },
        new("storage.agent.checkpoint-batch-size", Integer, "1000", "Accepted for compatibility.") { NoEffect = NoAgent },
        new("storage.agent.no-lockfile", Switch, "false", "Accepted for compatibility.") { NoEffect = NoAgent },
    ];

    private static FlagDefinition[] Remote() =>
    [
        new("storage.remote.flush-deadline", Duration, "1m", "How long to wait flushing sample on shutdown or config reload.") { Placeholder = "<duration>" },
        new("storage.remote.read-sample-limit", Integer, "5e7", "Most samples of an answer to a remote read request that is not streamed; 0 for no limit."),
        new("storage.remote.read-concurrent-limit", Integer, "10", "Most remote read requests that are served at once, others wait; 0 for no limit."),
        new("storage.remote.read-max-bytes-in-frame", Integer, "1048576", "Bytes of a frame of a streamed answer to a remote read request.") { Hidden = true },
    ];

    private static FlagDefinition[] RulesAndAlerts() =>
    [
        new("rules.alert.for-outage-tolerance", Duration, "1h", "Longest outage after which alerts go on waiting where they were."),
        new("rules.alert.for-grace-period", Duration, "10m", "Least time from a restart until a restored alert fires."),
        new("rules.alert.resend-delay", Duration, "1m", "Least time between two messages about an alert that goes on."),
        new("rules.max-concurrent-evals", Integer, "4", "Accepted for compatibility.") { NoEffect = OneByOne },
        new("alertmanager.notification-queue-capacity", Integer, "10000", "Most alerts that wait for one Alertmanager outside."),
        new("alertmanager.notification-batch-size", Integer, "256", "Most alerts in one request to an Alertmanager outside."),
        new("alertmanager.drain-notification-queue-on-shutdown", Switch, "true", "Send what waits for Alertmanagers outside before the server ends."),
    ];

    private static FlagDefinition[] Query() =>
    [
        new("query.lookback-delta", Duration, "5m", "How far back an instant lookup goes for the newest sample."),
        new("query.timeout", Duration, "2m", "Longest time a query may take."),
        new("query.max-concurrency", Integer, "20", "Most queries at the same time."),
        new("query.max-samples", Integer, "50000000", "Most samples a query may load."),
    ];

    private static FlagDefinition[] Rest() =>
    [
        new("scrape.adjust-timestamps", Switch, "true", "Accepted for compatibility.") { NoEffect = Alignment, Hidden = true },
        new("scrape.timestamp-tolerance", GoDuration, "2ms", "Accepted for compatibility.") { NoEffect = Alignment, Hidden = true },
        new("scrape.discovery-reload-interval", Duration, "5s", "Least time between two updates of the targets.") { Hidden = true },
        new("enable-feature", Text, "", "Names of features, separated by commas. Can be repeated.") { Repeatable = true },
        new("log.level", Choice, "info", "Log only what is at least this severe.") { Choices = ["debug", "info", "warn", "error"] },
        new("log.format", Choice, "logfmt", "Form of the log.") { Choices = ["logfmt", "json"] },
    ];
}
