using Pharos.Core.Contracts;
using Pharos.PromQL;

namespace Pharos.Server.Api;

/// <summary>What the read API answers from.</summary>
/// <param name="Engine">Evaluates; its options say which language queries may use.</param>
/// <param name="Source">Where series come from; may be unavailable until the store is open.</param>
/// <param name="Clock">Says what "now" is.</param>
internal sealed record PrometheusApiServices(PromQLEngine Engine, ISeriesSource Source, TimeProvider Clock);
