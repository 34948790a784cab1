using Pharos.Core.Contracts;
using Pharos.PromQL;

namespace Pharos.Rules;

/// <summary>What a rule manager works with. Fixed at start.</summary>
public sealed record RuleManagerOptions
{
    /// <summary>Gives the engine that evaluates now.</summary>
    public required Func<PromQLEngine> Engine { get; init; }

    /// <summary>Where expressions find their series.</summary>
    public required ISeriesSource Source { get; init; }

    /// <summary>Takes what rules give.</summary>
    public required ISeriesAppender Appender { get; init; }

    /// <summary>Takes the alerts.</summary>
    public required IAlertSink Alerts { get; init; }

    /// <summary>Takes what became of alerts.</summary>
    public required IJournal Journal { get; init; }

    /// <summary>Takes what is worth a line.</summary>
    public required IRuleLog Log { get; init; }

    /// <summary>Says when groups are due.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>How long the server may have been away so that alerts go on waiting where they were: <c>--rules.alert.for-outage-tolerance</c>.</summary>
    public TimeSpan OutageTolerance { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After a restart no restored alert fires earlier than this; alerts with a shorter <c>for</c> are not restored: <c>--rules.alert.for-grace-period</c>.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An alert that goes on is handed over again at most this often: <c>--rules.alert.resend-delay</c>.</summary>
    public TimeSpan ResendDelay { get; init; } = TimeSpan.FromMinutes(1);
}
