using Pharos.PromQL;
using Pharos.Server.Lifecycle;
using Pharos.Server.Options;

namespace Pharos.Server.Tests.Lifecycle;

public class EngineSetupTests
{
    [Fact]
    public void The_query_flags_are_the_engines_limits()
    {
        EngineOptions options = Options("--query.lookback-delta=90s", "--query.timeout=30s", "--query.max-concurrency=3", "--query.max-samples=1000");
        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(30), 3, 1000L), (options.LookbackDelta, options.Timeout, options.MaxConcurrency, options.MaxSamples));
        EngineOptions defaults = Options();
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2), 20, 50_000_000L), (defaults.LookbackDelta, defaults.Timeout, defaults.MaxConcurrency, defaults.MaxSamples));
    }

    public static TheoryData<string, Func<EngineOptions, bool>> Switches => new()
    {
        { "promql-experimental-functions", static o => o.Parser.ExperimentalFunctions },
        { "promql-extended-range-selectors", static o => o.Parser.ExtendedRangeSelectors },
        { "promql-binop-fill-modifiers", static o => o.Parser.BinopFillModifiers },
        { "promql-delayed-name-removal", static o => o.DelayedNameRemoval },
        { "type-and-unit-labels", static o => o.TypeAndUnitLabels },
        { "use-start-timestamps", static o => o.UseStartTimestamps },
    };

    [Theory]
    [MemberData(nameof(Switches), DisableDiscoveryEnumeration = true)]
    public void Each_feature_of_the_engine_is_off_until_it_is_named(string feature, Func<EngineOptions, bool> isOn)
    {
        Assert.False(isOn(Options()));
        Assert.True(isOn(Options("--enable-feature=" + feature)));
        Assert.True(isOn(Options("--enable-feature=other," + feature)));
    }

    [Fact]
    public void Arithmetic_in_durations_needs_no_feature()
    {
        Assert.True(Options().Parser.DurationExpressions);
        Assert.Equal("is always on", FeatureNames.NoEffect("promql-duration-expr"));
    }

    private static EngineOptions Options(params string[] flags)
    {
        using PromQLEngine engine = EngineSetup.Create(ServerOptionsReader.Read(flags), TimeProvider.System);
        return engine.Options;
    }
}
