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
        new("host-collector", Switch, "true", "Without a configuration: collect this host's own metrics, under node_exporter's names."),
    ];
}
