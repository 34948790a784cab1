using Pharos.Testing.Processes;
using Pharos.Testing.Queries;

namespace Pharos.Testing.Differential;

/// <summary>The built Pharos and the real Prometheus, which hold the same samples.</summary>
public sealed class ServerPair : IAsyncDisposable
{
    private const string Features = "--enable-feature=promql-experimental-functions,promql-duration-expr,native-histograms";

    private readonly ServerProcess _pharos;
    private readonly ServerProcess _prometheus;

    private ServerPair(ServerProcess pharos, ServerProcess prometheus)
    {
        _pharos = pharos;
        _prometheus = prometheus;
    }

    /// <summary>Starts both and writes one remote write request to each.</summary>
    public static async Task<ServerPair> StartAsync(TempFolder folder, byte[] writeRequest)
    {
        Task<ServerProcess> pharos = ServerProcess.StartPharosAsync(folder, "global: {}", Features);
        Task<ServerProcess> prometheus = ServerProcess.StartPrometheusAsync(folder, "global: {}", "--web.enable-remote-write-receiver", Features);
        var pair = new ServerPair(await pharos, await prometheus);
        await pair._pharos.RemoteWriteAsync(writeRequest);
        await pair._prometheus.RemoteWriteAsync(writeRequest);
        return pair;
    }

    public Task<Answer> AskPharosAsync(QueryCase query) => AskAsync(_pharos.Api, query);

    public Task<Answer> AskPrometheusAsync(QueryCase query) => AskAsync(_prometheus.Api, query);

    public async ValueTask DisposeAsync()
    {
        await _pharos.DisposeAsync();
        await _prometheus.DisposeAsync();
    }

    private static async Task<Answer> AskAsync(PrometheusApi api, QueryCase query)
    {
        string text = query.Query.ToString();
        return Answer.Read(query.IsInstant
            ? await api.QueryAsync(text, query.Start / 1000.0)
            : await api.QueryRangeAsync(text, query.Start / 1000.0, query.End / 1000.0, query.Step / 1000.0));
    }
}
