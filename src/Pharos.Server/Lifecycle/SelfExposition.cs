using System.Buffers;
using Pharos.Scrape;
using Pharos.Server.Metrics;

namespace Pharos.Server.Lifecycle;

/// <summary>The server as its own target: the same text as <c>/metrics</c>, without a request to itself that would have to sign in.</summary>
internal sealed class SelfExposition : IExpositionSource
{
    private readonly MetricRegistry _registry;

    public SelfExposition(MetricRegistry registry)
    {
        _registry = registry;
    }

    public string ContentType => MetricRegistry.ContentType;

    public ValueTask WriteAsync(IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        _registry.Write(output);
        return ValueTask.CompletedTask;
    }
}
