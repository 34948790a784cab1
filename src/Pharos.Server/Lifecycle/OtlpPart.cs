using Pharos.Core.Contracts;
using Pharos.Remote.Configuration;
using Pharos.Remote.Otlp;
using Pharos.Server.Configuration;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>The receiver of OTLP metrics, with the <c>otlp</c> section of the configuration.</summary>
internal sealed class OtlpPart : IConfigured
{
    private volatile OtlpConfig _config = new();

    /// <param name="options">Whether it is on, and what is fixed.</param>
    /// <param name="store">The store.</param>
    /// <param name="exemplars">Takes exemplars.</param>
    /// <param name="metadata">Takes what is said about series.</param>
    /// <param name="clock">Says what is too far ahead.</param>
    public OtlpPart(ServerOptions options, ISeriesAppender store, IExemplarAppender exemplars, IMetadataAppender metadata, TimeProvider clock)
    {
        if (!options.Web.EnableOtlpReceiver)
        {
            return;
        }

        var fixedOptions = new OtlpOptions
        {
            TakesDeltas = options.Features.Contains(FeatureNames.OtlpNativeDeltas),
            AddsTypeAndUnit = options.Features.Contains(FeatureNames.TypeAndUnitLabels),
            LookbackDelta = options.Query.LookbackDelta,
        };
        Receiver = new OtlpReceiver(store, () => _config, fixedOptions, new OtlpLimits(), clock, exemplars, metadata);
    }

    public string Name => "otlp";

    /// <summary>Null without <c>--web.enable-otlp-receiver</c>.</summary>
    public OtlpReceiver? Receiver { get; }

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        _config = config.Otlp;
        return Task.CompletedTask;
    }
}
