using System.Globalization;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.Storage;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api;

/// <summary>The engine over a store that has everything in memory, and over one that has written most of it to blocks: the answers are the same.</summary>
public sealed class QueriesOfBlocksTests : IDisposable
{
    private const long Hour = 3_600_000;
    private const long Begin = 1_699_999_200_000;
    private const long Step = 30_000;
    private readonly TempFolder _folder = new();
    private readonly Tsdb _memory;
    private readonly Tsdb _blocks;
    private readonly PromQLEngine _engine = new(new EngineOptions());

    public QueriesOfBlocksTests()
    {
        _memory = Fill("memory");
        _blocks = Fill("blocks");
        _blocks.Compact();
        Assert.Equal(0, _memory.GetMetrics().Blocks.Loaded);
        Assert.True(_blocks.GetMetrics().Blocks.Loaded >= 2);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _memory.Dispose();
        _blocks.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("requests_total")]
    [InlineData("sum by (pod) (rate(requests_total[5m]))")]
    [InlineData("sum(rate(requests_total[10m])) by (job) / sum(rate(requests_total[10m] offset 3h)) by (job)")]
    [InlineData("requests_total - on (pod, job) group_left(version) (info offset 2h * 0)")]
    [InlineData("requests_total * on (pod) group_left(version) info")]
    [InlineData("count by (version) (info)")]
    [InlineData("count({__name__=~\".+\"})")]
    [InlineData("topk(3, requests_total)")]
    [InlineData("label_replace(rate(requests_total[1h]), \"short\", \"$1\", \"pod\", \"pod-(.).*\")")]
    [InlineData("max_over_time(requests_total[3h]) > on (pod, job) requests_total offset 1h")]
    [InlineData("info unless on (pod) requests_total offset 2h")]
    [InlineData("avg_over_time(requests_total[6h:10m])")]
    [InlineData("absent(info{version=\"v9\"})")]
    [InlineData("histogram_quantile(0.9, sum by (le) (rate(seconds_bucket[1h])))")]
    [InlineData("group by (pod) ({pod=~\"pod-1.*\", job!=\"a\"})")]
    public async Task Answers_are_the_same(string query)
    {
        foreach (long at in new[] { Begin + Hour, Begin + (3 * Hour) + 7, Begin + (6 * Hour) })
        {
            Assert.Equal(await InstantAsync(_memory, query, at), await InstantAsync(_blocks, query, at));
        }

        string[] expected = await RangeAsync(_memory, query);
        Assert.Equal(expected, await RangeAsync(_blocks, query));
        Assert.NotEmpty(expected);
    }

    private static string Describe(ResultRow row) =>
        $"{row.Labels} {string.Join(' ', row.Values.ToArray().Select(static value => value.ToString("R", CultureInfo.InvariantCulture)))}";

    private async Task<string[]> InstantAsync(Tsdb store, string query, long at)
    {
        QueryResult result = await _engine.InstantAsync(store, query, at, TestContext.Current.CancellationToken);
        return [.. result.Rows.Select(Describe).Order(StringComparer.Ordinal)];
    }

    private async Task<string[]> RangeAsync(Tsdb store, string query)
    {
        QueryResult result = await _engine.RangeAsync(store, query, Begin, Begin + (6 * Hour), 600_000, TestContext.Current.CancellationToken);
        return [.. result.Rows.Select(row => $"{Describe(row)} {string.Join(' ', Enumerable.Range(0, result.Steps).Where(row.Has))}")];
    }

    // Six hours of pods that come and go, so that blocks have series that the head has not and the other way round.
    private Tsdb Fill(string name)
    {
        var store = Tsdb.Open(new TsdbOptions { Folder = _folder.File(name), Retention = TimeSpan.Zero, CompactsItself = false });
        var batch = new SampleBatch();
        for (long time = Begin; time <= Begin + (6 * Hour); time += Step)
        {
            batch.Clear();
            for (int i = 0; i < 40; i++)
            {
                long born = Begin + (i % 10 * (Hour / 2)) - (i % 3 * Hour);
                if (time < born || time > born + (3 * Hour))
                {
                    continue;
                }

                string pod = "pod-" + i;
                string job = i % 2 == 0 ? "a" : "b";
                double value = (time - born) / 1000.0 * (i + 1);
                batch.Add(store.GetOrAdd(Labels.Of("__name__", "requests_total", "job", job, "pod", pod)), time, value);
                batch.Add(store.GetOrAdd(Labels.Of("__name__", "info", "job", job, "pod", pod, "version", "v" + (i / 7))), time, 1);
                batch.Add(store.GetOrAdd(Labels.Of("__name__", "seconds_bucket", "le", (i % 4) switch { 0 => "0.1", 1 => "1", 2 => "10", _ => "+Inf" }, "pod", pod)), time, value * (i % 4));
            }

            Assert.Equal(batch.Count, store.Append(batch).Appended);
        }

        return store;
    }
}
