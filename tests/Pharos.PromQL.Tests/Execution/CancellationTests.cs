using Pharos.Core.Labels;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>A caller that gives up in the middle of an evaluation ends it, whatever the operator is at.</summary>
public class CancellationTests
{
    private const int Series = 2000;

    public static TheoryData<string> Queries => new(
        "a", "sum(rate(a[5m]))", "sum by (x) (a)", "topk(3, a)", "quantile(0.5, a)", "count_values(\"v\", a)", "a + a", "a * on (x) group_left a", "a + on (x, y) b", "a and b", "a or b",
        "label_replace(a, \"z\", \"$1\", \"x\", \"(.*)\")", "sort(a)", "sort_by_label(a, \"x\")", "histogram_quantile(0.9, a)", "max_over_time(a[5m:1m])", "absent(a)", "limitk(5, a)",
        "limit_ratio(0.5, a)", "scalar(sum(a))", "a[5m]", "a == bool on (x) fill(0) b");

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_query_ends_in_its_middle(string query)
    {
        using var gone = new CancellationTokenSource();
        using var scene = new EngineScene(new EngineOptions { MaxThreads = 2 });
        var source = new LeavingSource(scene.Store, gone, afterReads: Series / 4);
        for (int i = 0; i < Series; i++)
        {
            foreach (string name in new[] { "a", "b" })
            {
                for (int t = 0; t < 40; t++)
                {
                    scene.Store.Add(Labels.Of("__name__", name, "le", $"{i % 10}", "x", $"{i}"), t * 15_000L, (double)(i + t));
                }
            }
        }

        QueryException error = await Assert.ThrowsAsync<QueryException>(() => query.EndsWith(']')
            ? scene.Engine.InstantAsync(source, query, 600_000, gone.Token)
            : scene.Engine.RangeAsync(source, query, 300_000, 600_000, 5000, gone.Token));
        Assert.Equal((QueryErrorKind.Canceled, "query was canceled in expression evaluation"), (error.Kind, error.Message));
        Assert.Equal(0, scene.Store.OpenQueriers);

        // Some thousands of samples after the caller left, not all of the two times eighty thousand.
        Assert.True(source.ReadsAfterwards < Series / 2, $"{source.ReadsAfterwards} series were read after the caller had left");
        Assert.Equal((0, 1), (scene.Engine.Counters.Running, scene.Engine.Counters.Failed));
    }
}
