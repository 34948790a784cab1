namespace Pharos.Rules.Evaluation;

/// <summary>The names that alerting rules write.</summary>
internal static class AlertLabels
{
    /// <summary>The label with an alert's name.</summary>
    public const string AlertName = "alertname";

    /// <summary>The label with an alert's state, of <see cref="Alerts"/>.</summary>
    public const string AlertState = "alertstate";

    /// <summary>The series that is 1 while an alert is in a state.</summary>
    public const string Alerts = "ALERTS";

    /// <summary>The series with the time, in seconds, since when an alert is active; alerts are restored from it.</summary>
    public const string AlertsForState = "ALERTS_FOR_STATE";
}
