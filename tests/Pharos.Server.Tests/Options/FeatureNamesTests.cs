using Pharos.Server.Options;

namespace Pharos.Server.Tests.Options;

public class FeatureNamesTests
{
    // What upstream's help of the flag lists, and what it takes without listing.
    [Theory]
    [InlineData("concurrent-rule-eval created-timestamp-zero-ingestion delayed-compaction exemplar-storage extra-scrape-metrics histograms-st-encoding")]
    [InlineData("auto-gomaxprocs auto-gomemlimit memory-snapshot-on-shutdown metadata-wal-records native-histograms ooo-native-histograms no-default-scrape-port old-ui")]
    [InlineData("otlp-deltatocumulative otlp-native-delta-ingestion promql-binop-fill-modifiers promql-delayed-name-removal promql-duration-expr promql-experimental-functions")]
    [InlineData("promql-extended-range-selectors promql-per-step-stats search-api st-storage st-synthesis type-and-unit-labels use-start-timestamps use-uncached-io xor2-encoding")]
    [InlineData("auto-reload-config agent expand-external-labels new-service-discovery-manager promql-at-modifier promql-negative-offset remote-write-receiver fast-startup")]
    public void Every_name_of_upstream_is_known(string names) => Assert.All(names.Split(' '), static name => Assert.True(FeatureNames.IsKnown(name), name));

    [Theory]
    [InlineData("exemplar-storage", null)]
    [InlineData("type-and-unit-labels", null)]
    [InlineData("promql-per-step-stats", null)]
    [InlineData("promql-binop-fill-modifiers", null)]
    [InlineData("use-start-timestamps", "only what queries make of start timestamps is built, the store does not keep them yet")]
    [InlineData("native-histograms", "not yet supported")]
    public void What_has_no_effect_says_so(string name, string? reason) => Assert.Equal(reason, FeatureNames.NoEffect(name));
}
