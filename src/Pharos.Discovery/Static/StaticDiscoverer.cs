namespace Pharos.Discovery.Static;

/// <summary>Says the configured targets once.</summary>
internal sealed class StaticDiscoverer(StaticDiscoveryConfig config) : IDiscoverer
{
    public Task RunAsync(ITargetGroupSink sink, CancellationToken cancellationToken)
    {
        sink.Update(config.Groups);
        return Task.CompletedTask;
    }
}
