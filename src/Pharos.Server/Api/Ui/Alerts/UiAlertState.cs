namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>How an alert stands, for people.</summary>
internal enum UiAlertState
{
    Pending,
    Firing,
    Silenced,
    Inhibited,
    Resolved,
}
