namespace EndpointStats.Traffic;

/// <summary>The settings in force. Thread-safe: they are replaced whole.</summary>
internal sealed class TrafficSwitch(TrafficSettings settings)
{
    private readonly Lock _changing = new();
    private volatile TrafficSettings _settings = settings;

    public TrafficSettings Settings => _settings;

    /// <summary>Takes a change unless it is out of bounds.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Change(TrafficChange change)
    {
        lock (_changing)
        {
            TrafficSettings next = change.ApplyTo(_settings);
            if (next.Problem is { } problem)
            {
                return problem;
            }

            _settings = next;
            return null;
        }
    }
}
