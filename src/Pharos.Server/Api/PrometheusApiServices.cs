using Pharos.Core.Contracts;
using Pharos.PromQL;

namespace Pharos.Server.Api;

/// <summary>What the read API answers from.</summary>
/// <param name="CurrentEngine">Gives the engine that evaluates now; its options say which language queries may use.</param>
/// <param name="Source">Where series come from; may be unavailable until the store is open.</param>
/// <param name="Clock">Says what "now" is.</param>
internal sealed record PrometheusApiServices(Func<PromQLEngine> CurrentEngine, ISeriesSource Source, TimeProvider Clock)
{
    /// <summary><c>--enable-feature=promql-per-step-stats</c>: statistics by step are given to those who ask for all of them.</summary>
    public bool HasPerStepStatistics { get; init; }

    public PromQLEngine Engine => CurrentEngine();
}
