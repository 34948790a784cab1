using Pharos.Core.Labels;
using Pharos.PromQL.Sources;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api;

/// <summary>A client that closes its connection ends what it asked for.</summary>
public class ClientGoneTests
{
    private const int Series = 3000;

    public static TheoryData<string> Paths => new(
        "/api/v1/query?query=sum(max_over_time(a[5m]))&time=600",
        "/api/v1/query_range?query=sum(a)&start=0&end=600&step=1",
        "/api/v1/query_range?query=a%20%2B%20a&start=0&end=600&step=1");

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task The_evaluation_stops_soon_after_the_connection_is_closed(string path)
    {
        var store = new InMemorySeriesSource();
        for (int i = 0; i < Series; i++)
        {
            store.Add(Labels.Of("__name__", "a", "x", $"{i}"), 0, 15_000, [.. Enumerable.Range(0, 41).Select(k => (double)(i + k))]);
        }

        var source = new StoppedSource(store);
        await using ApiServer server = await ApiServer.StartAsync(source);
        using (var client = new HttpClient { BaseAddress = server.Http.BaseAddress })
        {
            Task<HttpResponseMessage> asked = client.GetAsync(path, TestContext.Current.CancellationToken);
            await source.Entered.Task;
            client.CancelPendingRequests();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        }

        // Series are held back until the server knows that the client has gone; then hardly any is read.
        await Wait.UntilAsync(() => server.Engine.Counters.Running == 0, "the query to end");
        Assert.Equal((1, 0), (server.Engine.Counters.Failed, server.Engine.Counters.Answered));
        Assert.True(source.Reads < Series / 2, $"{source.Reads} of {Series} series were read");
        Assert.Equal(0, store.OpenQueriers);
        Assert.Contains("\"success\"", await server.Http.GetStringAsync("/api/v1/query?query=1", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
