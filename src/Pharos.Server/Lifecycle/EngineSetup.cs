using Pharos.PromQL;
using Pharos.PromQL.Syntax;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>Makes the query engine that the flags describe.</summary>
internal static class EngineSetup
{
    public static PromQLEngine Create(ServerOptions options, TimeProvider clock) => new(new EngineOptions
    {
        LookbackDelta = options.Query.LookbackDelta,
        MaxSamples = options.Query.MaxSamples,
        Timeout = options.Query.Timeout,
        MaxConcurrency = options.Query.MaxConcurrency,
        DelayedNameRemoval = options.Features.Contains(FeatureNames.DelayedNameRemoval),
        TypeAndUnitLabels = options.Features.Contains(FeatureNames.TypeAndUnitLabels),
        UseStartTimestamps = options.Features.Contains(FeatureNames.UseStartTimestamps),
        TimeProvider = clock,
        Parser = ParserOptions.Default with
        {
            ExperimentalFunctions = options.Features.Contains(FeatureNames.ExperimentalFunctions),
            ExtendedRangeSelectors = options.Features.Contains(FeatureNames.ExtendedRangeSelectors),
            BinopFillModifiers = options.Features.Contains(FeatureNames.BinopFillModifiers),
        },
    });
}
