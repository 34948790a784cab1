namespace Pharos.Testing.Processes;

/// <summary>A node exporter and a Flask application on loopback ports, until disposed.</summary>
public sealed class RealTargets : IAsyncDisposable
{
    private readonly int _nodePort = FreePort.Next();
    private readonly int _flaskPort = FreePort.Next();
    private readonly ChildProcess _node;
    private readonly ChildProcess _flask;

    public RealTargets(TempFolder folder)
    {
        _node = Peers.StartNodeExporter(_nodePort, folder.Path);
        _flask = Peers.StartFlask(_flaskPort, folder.Path);
    }

    public Uri FlaskAddress => new($"http://127.0.0.1:{_flaskPort}");

    /// <summary>A configuration that scrapes both every second, as the jobs <c>node</c> and <c>flask-app</c>.</summary>
    public string ScrapeSettings => $$"""
        global: { scrape_interval: 1s, scrape_timeout: 1s }
        scrape_configs:
          - job_name: node
            static_configs: [{ targets: ["127.0.0.1:{{_nodePort}}"] }]
          - job_name: flask-app
            static_configs: [{ targets: ["127.0.0.1:{{_flaskPort}}"] }]
        """;

    /// <summary>Ends both; again is harmless.</summary>
    public async Task KillAsync()
    {
        await _node.KillAsync();
        await _flask.KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _flask.DisposeAsync();
    }
}
