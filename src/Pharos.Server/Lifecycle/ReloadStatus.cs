using Pharos.Config;

namespace Pharos.Server.Lifecycle;

/// <summary>The outcome of the last load. Written by the reloader, read by API and metrics. Thread-safe.</summary>
internal sealed class ReloadStatus
{
    private volatile ReloadOutcome _current = new(Succeeded: false, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, Error: "not loaded yet", Place: null);

    public ReloadOutcome Current => _current;

    public void SetSuccess(DateTimeOffset time) => _current = new ReloadOutcome(Succeeded: true, time, time, Error: null, Place: null);

    public void SetFailure(DateTimeOffset time, string error, ConfigError? place = null) =>
        _current = _current with { Succeeded = false, LastAttempt = time, Error = error, Place = place };
}
