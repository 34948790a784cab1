namespace Pharos.Testing.Processes;

/// <summary>A running server with Prometheus' HTTP API: Pharos as it is built, or the real Prometheus.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private ServerProcess(ChildProcess process, PrometheusApi api, int port)
    {
        Process = process;
        Api = api;
        Port = port;
    }

    public ChildProcess Process { get; }

    public PrometheusApi Api { get; }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The built server.</summary>
    public static string PharosProgram
    {
        get
        {
            string program = Path.Combine(Repository.Root, "dist", "pharos");
            return File.Exists(program) ? program : throw new FileNotFoundException($"{program} is missing: run ./build");
        }
    }

    /// <summary>Starts <c>dist/pharos</c> without sign-in on a free loopback port and waits until it is ready.</summary>
    public static Task<ServerProcess> StartPharosAsync(TempFolder folder, string? config = null, params string[] more)
    {
        string[] arguments = ["--storage.tsdb.path=" + folder.File("pharos"), "--web.auth=none", "--web.enable-remote-write-receiver", "--web.enable-lifecycle", .. more];
        return StartAsync(PharosProgram, folder, config is null ? null : folder.Write("pharos.yml", config), arguments);
    }

    /// <summary>Starts the real Prometheus on a free loopback port and waits until it is ready.</summary>
    public static Task<ServerProcess> StartPrometheusAsync(TempFolder folder, string config, params string[] more)
    {
        string[] arguments = ["--storage.tsdb.path=" + folder.File("prometheus"), .. more];
        return StartAsync(Peers.Program("prometheus"), folder, folder.Write("prometheus.yml", config), arguments);
    }

    /// <summary>Starts <c>dist/pharos serve FOLDER</c> without sign-in on this loopback port, which the folder may name, and waits until it is ready.</summary>
    public static Task<ServerProcess> StartFolderAsync(TempFolder folder, string served, int port) =>
        StartOnAsync(port, PharosProgram, folder, ["serve", "--storage.tsdb.path=" + folder.File("pharos"), "--web.auth=none", "--web.listen-address=127.0.0.1:" + port, served]);

    /// <summary>Starts <c>dist/pharos serve FOLDER</c> with sign-in on this loopback port, and waits until it is ready.</summary>
    public static Task<ServerProcess> StartWithSignInAsync(TempFolder folder, string served, int port, IReadOnlyDictionary<string, string>? environment = null, params string[] more) =>
        StartOnAsync(port, PharosProgram, folder, ["serve", "--storage.tsdb.path=" + folder.File("pharos"), "--web.listen-address=127.0.0.1:" + port, .. more, served], environment);

    /// <summary>
    /// Starts the real Alertmanager on a free loopback port and waits until it is ready. Debian's build reads its default templates from /usr/share: it gets a
    /// file system of its own in which the unpacked package stands there.
    /// </summary>
    public static Task<ServerProcess> StartAlertmanagerAsync(TempFolder folder, string config, params string[] more)
    {
        string program = Peers.Program("prometheus-alertmanager");
        string share = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(program)!, "..", "share"));
        string script = $"mount --bind '{share}' /usr/share && exec '{program}' \"$@\"";
        string[] arguments = ["-rm", "sh", "-c", script, "alertmanager", "--storage.path=" + folder.File("alertmanager"), "--cluster.listen-address=", .. more];
        return StartAsync("unshare", folder, folder.Write("alertmanager.yml", config), arguments);
    }

    /// <summary>Posts the body of a remote write request.</summary>
    /// <exception cref="InvalidOperationException">The server does not take it.</exception>
    public async Task RemoteWriteAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentEncoding.Add("snappy");
        content.Headers.ContentType = new("application/x-protobuf");
        content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        using HttpResponseMessage response = await Api.Http.PostAsync("/api/v1/write", content);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{Address} answers {(int)response.StatusCode} to the samples: {await response.Content.ReadAsStringAsync()}\n{Process.Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Process.DisposeAsync();
    }

    private static Task<ServerProcess> StartAsync(string program, TempFolder folder, string? configFile, string[] arguments)
    {
        int port = FreePort.Next();
        string[] all = configFile is null ? arguments : [.. arguments, "--config.file=" + configFile];
        return StartOnAsync(port, program, folder, [.. all, "--web.listen-address=127.0.0.1:" + port]);
    }

    private static async Task<ServerProcess> StartOnAsync(int port, string program, TempFolder folder, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        ChildProcess process = ChildProcess.Start(program, arguments, folder.Path, environment);
        var server = new ServerProcess(process, new PrometheusApi(new Uri($"http://127.0.0.1:{port}")), port);
        await Until.TrueAsync(Path.GetFileName(program) + " to be ready", () => process.HasExited
            ? throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{process.Output}")
            : server.Api.IsReadyAsync(), () => process.Output);
        return server;
    }
}
