namespace Pharos.Core.Contracts;

/// <summary>
/// Takes the alerts of rules: the Alertmanager inside, Alertmanagers outside, or both. Rules know nothing beyond it. Callable from any thread.
/// </summary>
public interface IAlertSink
{
    /// <summary>
    /// Hands over alerts that fire, or that ended a while ago. Returns at once and never fails: what cannot be delivered is counted and logged by the sink.
    /// The sink keeps the list and its items; the caller must not change them afterwards.
    /// </summary>
    /// <param name="alerts">At least one; several with the same labels are updates in their order.</param>
    void Send(IReadOnlyList<Alert> alerts);
}
