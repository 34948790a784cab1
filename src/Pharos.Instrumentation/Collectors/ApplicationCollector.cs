using Pharos.Instrumentation.Exposition;

namespace Pharos.Instrumentation.Collectors;

/// <summary>Which application this is: its version as a label of a gauge that is always 1, and for how long it has run.</summary>
public sealed class ApplicationCollector : IMetricCollector
{
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly byte[] _labels;

    /// <param name="name">The application's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="clock">Tells how long it has run since this was made.</param>
    public ApplicationCollector(string name, string version, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _started = clock.GetTimestamp();
        _labels = ExpositionWriter.EncodeLabels(["name", "version"], [name, version]);
    }

    /// <inheritdoc/>
    public void Collect(ExpositionWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Family("application_info", MetricKind.Gauge, "The application and its version.");
        writer.Sample("application_info", _labels, 1);
        writer.Gauge("application_uptime_seconds", "Seconds since the application started.", _clock.GetElapsedTime(_started).TotalSeconds);
    }
}
