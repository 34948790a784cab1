using System.Collections;
using Pharos.Core.Time;

namespace Pharos.Server.Dashboards;

/// <summary>The environment variables of Grafana that are honoured. Values are never shown: some are secret.</summary>
internal sealed record GrafanaEnvironment
{
    private const string Prefix = "GF_";

    private static readonly string[] Honoured =
    [
        "GF_PATHS_PROVISIONING", "GF_DASHBOARDS_MIN_REFRESH_INTERVAL", "GF_SECURITY_ADMIN_USER", "GF_SECURITY_ADMIN_PASSWORD",
        "GF_SECURITY_ADMIN_USER__FILE", "GF_SECURITY_ADMIN_PASSWORD__FILE",
    ];

    /// <summary>A folder with provisioning files; null when not set.</summary>
    public string? Provisioning { get; init; }

    /// <summary>Dashboards that refresh more often are slowed down to this.</summary>
    public TimeSpan MinRefresh { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The names of those that are set and mean nothing here, sorted.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>What could not be understood, as sentences.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Reads the variables of a process.</summary>
    public static GrafanaEnvironment Read(IDictionary variables)
    {
        var problems = new List<string>();
        TimeSpan refresh = new GrafanaEnvironment().MinRefresh;
        if (variables["GF_DASHBOARDS_MIN_REFRESH_INTERVAL"] is string { Length: > 0 } text)
        {
            if (PrometheusDuration.TryParse(text, out TimeSpan parsed, out _) && parsed > TimeSpan.Zero)
            {
                refresh = parsed;
            }
            else
            {
                problems.Add("GF_DASHBOARDS_MIN_REFRESH_INTERVAL is no duration: expected one as 5s");
            }
        }

        return new GrafanaEnvironment
        {
            Provisioning = variables["GF_PATHS_PROVISIONING"] is string { Length: > 0 } path ? path : null,
            MinRefresh = refresh,
            Ignored = [.. variables.Keys.OfType<string>().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal) && !Honoured.Contains(name, StringComparer.Ordinal)).Order(StringComparer.Ordinal)],
            Problems = problems,
        };
    }
}
