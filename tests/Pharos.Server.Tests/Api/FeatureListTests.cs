using Pharos.Server.Api;
using Pharos.Server.Options;

namespace Pharos.Server.Tests.Api;

public class FeatureListTests
{
    // Category/name, by the feature that switches it on.
    [Theory]
    [InlineData("promql-experimental-functions", "promql_functions/info promql_functions/mad_over_time promql_functions/step promql_operators/limitk promql_operators/limit_ratio")]
    [InlineData("promql-extended-range-selectors", "promql/anchored promql/smoothed")]
    [InlineData("promql-binop-fill-modifiers", "promql/fill promql/fill_left promql/fill_right")]
    [InlineData("promql-delayed-name-removal", "promql/delayed_name_removal")]
    [InlineData("promql-per-step-stats", "promql/per_step_stats")]
    [InlineData("type-and-unit-labels", "promql/type_and_unit_labels scrape/type_and_unit_labels")]
    [InlineData("exemplar-storage", "tsdb/exemplar_storage")]
    [InlineData("auto-reload-config", "prometheus/auto_reload_config")]
    public void A_feature_switches_on_what_it_names(string feature, string names)
    {
        foreach (string name in names.Split(' '))
        {
            string[] parts = name.Split('/', 2);
            Assert.False(Of()[parts[0]][parts[1]], name);
            Assert.True(Of("--enable-feature=" + feature)[parts[0]][parts[1]], name);
        }
    }

    [Fact]
    public void What_is_always_there_is_named()
    {
        SortedDictionary<string, SortedDictionary<string, bool>> list = Of();
        Assert.True(list["promql"]["duration_expr"] && list["promql"]["per_query_lookback_delta"] && list["promql"]["group_left"]);
        Assert.True(list["promql_operators"]["</"] && list["promql_operators"]["=~"] && list["promql_operators"]["count_values"] && list["promql_operators"]["unless"]);
        Assert.Equal((90, 35), (list["promql_functions"].Count, list["promql_operators"].Count));
        Assert.False(list["tsdb"]["native_histograms"]);
    }

    private static SortedDictionary<string, SortedDictionary<string, bool>> Of(params string[] flags) => FeatureList.Of(ServerOptionsReader.Read(flags));
}
