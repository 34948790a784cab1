namespace Pharos.Server.Lifecycle;

/// <summary>The outcome of the last load. Written by the reloader, read by API and metrics. Thread-safe.</summary>
internal sealed class ReloadStatus
{
    private volatile ReloadOutcome _current = new(Succeeded: false, DateTimeOffset.UnixEpoch, Error: "not loaded yet");

    public ReloadOutcome Current => _current;

    public void SetSuccess(DateTimeOffset time) => _current = new ReloadOutcome(Succeeded: true, time, Error: null);

    public void SetFailure(string error) => _current = _current with { Succeeded = false, Error = error };
}
