using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Remote.Reading;
using Pharos.Server.Configuration;
using Pharos.Storage.Chunks;

namespace Pharos.Server.Lifecycle;

/// <summary>Remote read: what others ask of this server.</summary>
internal sealed class RemoteReadPart : IConfigured, IDisposable
{
    private volatile Labels _externalLabels = Labels.Empty;

    /// <param name="source">What is answered from.</param>
    /// <param name="limits">What a request of others may cost.</param>
    public RemoteReadPart(ISeriesSource source, RemoteReadLimits limits)
    {
        Server = new RemoteReadServer(source, ChunkCodec.Instance, limits);
    }

    public string Name => "remote read";

    /// <summary>Answers others.</summary>
    public RemoteReadServer Server { get; }

    /// <summary>What this server stands for, by the configuration that runs.</summary>
    public Labels ExternalLabels => _externalLabels;

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        _externalLabels = config.Global.ExternalLabels;
        return Task.CompletedTask;
    }

    public void Dispose() => Server.Dispose();
}
