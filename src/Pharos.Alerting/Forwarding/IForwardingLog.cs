namespace Pharos.Alerting.Forwarding;

/// <summary>Where sending to outside Alertmanagers says what an operator should know. Called from any thread; returns soon.</summary>
public interface IForwardingLog
{
    /// <summary>An Alertmanager did not take a request; its alerts are lost for it until the rules send them again.</summary>
    void SendFailed(string alertmanager, int alerts, string error);

    /// <summary>The oldest alerts that waited for an Alertmanager were dropped. Said once for as long as its queue stays full.</summary>
    void QueueFull(string alertmanager, int capacity);

    /// <summary>Alertmanagers cannot be discovered, or one that was found cannot be used.</summary>
    void DiscoveryFailed(string set, string error);
}
