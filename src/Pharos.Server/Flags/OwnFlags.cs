using static Pharos.Server.Flags.FlagKind;

namespace Pharos.Server.Flags;

/// <summary>What Prometheus has no flag for.</summary>
internal static class OwnFlags
{
    public static IReadOnlyList<FlagDefinition> All { get; } =
    [
        new("web.auth", Choice, "required", "Whether requests must sign in; none only where every address is loopback.")
        {
            Choices = ["required", "none"],
            LastCounts = true,
        },
        new("web.admin-password-file", Text, "", "File with the first admin's password, instead of a random one.") { Placeholder = "<path>" },
        new("alertmanager.config.file", Text, "", "Alertmanager configuration; without it the one in the folder, else alerts are shown and nobody is told.") { Placeholder = "<path>" },
        new("alertmanager.data-retention", Duration, "120h", "How long silences are kept after their end, and notifications remembered."),
        new("alertmanager.silences.max-silences", Integer, "0", "Most silences, ended ones included; 0 for 100000."),
        new("alertmanager.silences.max-silence-size-bytes", Integer, "0", "Most bytes of one silence; 0 for 1 MiB."),
        new("storage.tsdb.wal-sync", Text, "segment", "When the write-ahead log is forced to disk, which decides what a power cut costs: segment (when one is full), always (before anything is acknowledged), or so often.")
        {
            Placeholder = "segment|always|<duration>",
        },
        new("host-collector", Switch, "true", "Without a configuration: collect this host's own metrics, under node_exporter's names."),
    ];
}
