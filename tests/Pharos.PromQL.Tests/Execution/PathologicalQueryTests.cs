using Pharos.Core.Labels;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>Queries that nobody writes by hand: answered or refused, at once and in little memory.</summary>
public class PathologicalQueryTests
{
    // Of an instant and a range query together, mostly not held at one time.
    private const long MaxBytes = 3L << 30;

    public static TheoryData<string, string> Queries => new()
    {
        { "thousands of different selectors", string.Join(" or ", Enumerable.Range(0, 1900).Select(static i => $"a{{x=\"{i}\"}}")) },
        { "thousands of equal operands", string.Join(" + ", Enumerable.Repeat("sum(a)", 1900)) },
        { "a sum of thousands of sums", string.Concat(Enumerable.Repeat("sum(", 1900)) + "a" + new string(')', 1900) },
        { "subqueries in subqueries", string.Concat(Enumerable.Repeat("max_over_time(", 300)) + "a" + string.Concat(Enumerable.Repeat("[5m:1m])", 300)) },
        { "subqueries that grow", string.Concat(Enumerable.Repeat("max_over_time(", 900)) + "a" + string.Concat(Enumerable.Repeat("[1d:10s])", 900)) },
        { "scalars over millions of steps", "max_over_time((vector(" + string.Join(" + ", Enumerable.Repeat("time()", 500)) + "))[9000000s:1s])" },
        { "ten thousand matchers", "a{" + string.Join(",", Enumerable.Range(0, 10_000).Select(static i => $"l{i}=\"\"")) + "}" },
        { "ten thousand regular expressions", "a{" + string.Join(",", Enumerable.Range(0, 3_000).Select(static i => $"l{i}=~\"(x|y{i})*\"")) + "}" },
        { "ten thousand labels to group by", "sum by (" + string.Join(",", Enumerable.Range(0, 10_000).Select(static i => $"l{i}")) + ") (a)" },
        { "ten thousand labels to ignore", "a * ignoring (" + string.Join(",", Enumerable.Range(0, 10_000).Select(static i => $"l{i}")) + ") a" },
        { "thousands of labels to take over", "a * on (x) group_left (" + string.Join(",", Enumerable.Range(0, 2_000).Select(static i => $"l{i}")) + ") a" },
        { "thousands of labels to join", "label_join(a, \"y\", \",\"" + string.Concat(Enumerable.Range(0, 5_000).Select(static i => $",\"l{i}\"")) + ")" },
        { "a regular expression that backtracks", "a{x=~\"(x+x+)+y\"}" },
        { "a replacement that backtracks", "label_replace(a, \"y\", \"$1\", \"long\", \"(x+x+)+y|(x*)*z\")" },
        { "a replacement that grows", "label_replace(a, \"y\", \"" + string.Concat(Enumerable.Repeat("$1", 1000)) + "\", \"long\", \"(.*)\")" },
        { "a regular expression of many alternatives", "a{x=~\"" + string.Join("|", Enumerable.Range(0, 50_000)) + "\"}" },
        { "a regular expression that repeats much", "a{x=~\"((((x{100}){100}){100}){100})\"}" },
        { "a long name", "a{" + new string('x', 500_000) + "=\"1\"}" },
        { "a long text", "label_replace(a, \"y\", \"" + new string('é', 400_000) + "\", \"x\", \".*\")" },
        { "topk of more than there are", "topk(9223372036854775807, a) + bottomk(1e300, a) + limitk(1e18, a)" },
        { "quantiles of everything", string.Join(" + ", Enumerable.Range(0, 300).Select(static i => $"quantile({i}e300, a)")) },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task It_is_answered_or_refused(string what, string query)
    {
        using var scene = new EngineScene(new EngineOptions { MaxThreads = 1, MaxSamples = 1_000_000, Timeout = TimeSpan.FromMinutes(1) });
        for (int i = 0; i < 50; i++)
        {
            Labels labels = Labels.Of("__name__", "a", "long", new string('x', 2000 + i), "x", $"{i}");
            scene.Store.Add(labels, 0, 60_000, 1.0, 2.0, 3.0, 4.0, 5.0);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (bool isInstant in new[] { true, false })
        {
            try
            {
                QueryResult result = isInstant ? await scene.InstantAsync(query, 300) : await scene.RangeAsync(query, 0, 600, 15);
                Assert.True(result.Rows.Count <= 50, what);
            }
            catch (QueryException e)
            {
                Assert.True(e.Kind is QueryErrorKind.BadData or QueryErrorKind.Execution or QueryErrorKind.TooManySamples, $"{what}: {e.Kind} {e.Message}");
            }
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MaxBytes, $"{what}: {allocated} bytes");
    }

    [Fact]
    public async Task A_series_may_have_thousands_of_labels()
    {
        using var scene = new EngineScene();
        Label[] labels = [new Label("__name__", "a"), .. Enumerable.Range(0, 3000).Select(static i => new Label($"l{i:D4}", $"{i}"))];
        scene.Store.Add(Labels.Of(labels), 0, 1.0);

        Assert.Equal(["{} 1"], await scene.AskAsync("sum(a)"));
        Assert.Single(await scene.AskAsync("sum without (l0001) (a) * on () group_left () a"));
    }
}
