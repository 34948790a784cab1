namespace Pharos.Alerting.Alerts;

/// <summary>Whether an alert is told at this moment, and if not, why.</summary>
/// <param name="SilencedBy">Ids of the silences that mute it, sorted.</param>
/// <param name="InhibitedBy">Fingerprints of the alerts that hold it back.</param>
public sealed record AlertStatus(IReadOnlyList<string> SilencedBy, IReadOnlyList<ulong> InhibitedBy)
{
    public bool IsSuppressed => SilencedBy.Count > 0 || InhibitedBy.Count > 0;
}
