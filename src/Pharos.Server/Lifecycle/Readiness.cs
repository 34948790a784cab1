namespace Pharos.Server.Lifecycle;

/// <summary>Whether requests can be answered. Moves forward only. Thread-safe.</summary>
internal sealed class Readiness
{
    private volatile ReadyState _state = ReadyState.Starting;

    public ReadyState State => _state;

    /// <summary>The start is complete; without effect when the server stops already.</summary>
    public void SetReady() => Interlocked.CompareExchange(ref _state, ReadyState.Ready, ReadyState.Starting);

    public void SetStopping() => _state = ReadyState.Stopping;
}
