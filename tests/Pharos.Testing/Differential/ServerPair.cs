using System.Globalization;
using Pharos.Testing.Processes;
using Pharos.Testing.Queries;

namespace Pharos.Testing.Differential;

/// <summary>The built Pharos and the real Prometheus, which hold the same samples.</summary>
public sealed class ServerPair : IAsyncDisposable
{
    private static readonly string[] Always = ["promql-experimental-functions", "promql-duration-expr", "native-histograms"];

    private readonly ServerProcess _pharos;
    private readonly ServerProcess _prometheus;

    private ServerPair(ServerProcess pharos, ServerProcess prometheus)
    {
        _pharos = pharos;
        _prometheus = prometheus;
    }

    /// <summary>Starts both with these features beside the ones that are always on, and writes these remote write requests to each.</summary>
    public static async Task<ServerPair> StartAsync(TempFolder folder, IEnumerable<byte[]> writeRequests, params string[] features)
    {
        string flag = "--enable-feature=" + string.Join(',', [.. Always, .. features]);
        Task<ServerProcess> pharos = ServerProcess.StartPharosAsync(folder, "global: {}", flag);
        Task<ServerProcess> prometheus = ServerProcess.StartPrometheusAsync(folder, "global: {}", "--web.enable-remote-write-receiver", flag);
        var pair = new ServerPair(await pharos, await prometheus);
        foreach (byte[] request in writeRequests)
        {
            await pair._pharos.RemoteWriteAsync(request);
            await pair._prometheus.RemoteWriteAsync(request);
        }

        return pair;
    }

    public Task<Answer> AskPharosAsync(QueryCase query) => AskAsync(_pharos.Api, query);

    public Task<Answer> AskPrometheusAsync(QueryCase query) => AskAsync(_prometheus.Api, query);

    public async ValueTask DisposeAsync()
    {
        await _pharos.DisposeAsync();
        await _prometheus.DisposeAsync();
    }

    /// <summary>Asks a query of any server.</summary>
    public static async Task<Answer> AskAsync(PrometheusApi api, QueryCase query)
    {
        string text = query.Query.ToString();
        (string Name, string Value)[] more = query.Lookback == 0 ? [] : [("lookback_delta", (query.Lookback / 1000.0).ToString("F3", CultureInfo.InvariantCulture))];
        return Answer.Read(query.IsInstant
            ? await api.QueryAsync(text, query.Start / 1000.0, more)
            : await api.QueryRangeAsync(text, query.Start / 1000.0, query.End / 1000.0, query.Step / 1000.0, more));
    }
}
