using System.Buffers;

namespace Pharos.Server.Metrics;

/// <summary>All that the server says about itself, in the order in which it was added.</summary>
internal sealed class MetricRegistry
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _lock = new();
    private readonly List<IMetricSource> _sources = [];

    public void Add(IMetricSource source)
    {
        lock (_lock)
        {
            _sources.Add(source);
        }
    }

    /// <summary>Writes the whole exposition. One scrape at a time, since sources may keep a state for it.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        lock (_lock)
        {
            var writer = new MetricWriter(output);
            foreach (IMetricSource source in _sources)
            {
                source.Write(writer);
            }
        }
    }
}
