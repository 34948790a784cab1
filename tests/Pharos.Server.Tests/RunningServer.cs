using System.Text.Json;
using Microsoft.Extensions.Logging;
using Pharos.Server.Lifecycle;
using Pharos.Server.Logging;
using Pharos.Server.Options;
using Pharos.Testing;

namespace Pharos.Server.Tests;

/// <summary>The whole server on a free loopback port, with a data folder of its own. Without sign-in unless the flags say otherwise.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly LoggerFactory _loggers;
    private readonly MemoryStream _log;
    private bool _stopped;

    private RunningServer(TempFolder folder, PharosServer server, LoggerFactory loggers, MemoryStream log)
    {
        _folder = folder;
        _loggers = loggers;
        _log = log;
        Server = server;
    }

    public PharosServer Server { get; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public string Address => Server.Addresses[0];

    public string DataFolder => _folder.File("data");

    /// <summary>What it logged up to now, in logfmt.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return System.Text.Encoding.UTF8.GetString(_log.ToArray());
            }
        }
    }

    public static async Task<RunningServer> StartAsync(params string[] flags)
    {
        var folder = new TempFolder();
        try
        {
            return await StartAsync(folder, flags);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="StartAsync(string[])"/>, in a folder that the server then owns.</summary>
    public static async Task<RunningServer> StartAsync(TempFolder folder, params string[] flags)
    {
        var log = new MemoryStream();
        var loggers = new LoggerFactory([new SlogLoggerProvider(new LogSink(new LockedStream(log), LogFormat.Logfmt, LogLevel.Debug, TimeProvider.System))],
            new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        string[] signIn = flags.Any(static flag => flag.StartsWith("--web.auth=", StringComparison.Ordinal)) ? [] : ["--web.auth=none"];
        string[] path = flags.Any(static flag => flag.StartsWith("--storage.tsdb.path=", StringComparison.Ordinal)) ? [] : ["--storage.tsdb.path=" + folder.File("data")];
        string[] all = [.. path, "--web.listen-address=127.0.0.1:0", .. signIn, .. flags];
        var server = new PharosServer(ServerOptionsReader.Read(all), loggers, TimeProvider.System);
        var running = new RunningServer(folder, server, loggers, log);
        await server.StartAsync(hasTerminal: false, TestContext.Current.CancellationToken);
        running.Http.BaseAddress = new Uri(server.Addresses[0]);
        return running;
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null) =>
        Http.SendAsync(new HttpRequestMessage(method, path) { Content = content }, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>The text of an answer that must be 200.</summary>
    public async Task<string> TextAsync(string path)
    {
        using HttpResponseMessage response = await GetAsync(path);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return text;
    }

    /// <summary>The <c>data</c> of an answer of the API that must be a success.</summary>
    public async Task<JsonElement> DataAsync(string path)
    {
        JsonElement answer = JsonDocument.Parse(await TextAsync(path)).RootElement;
        Assert.Equal("success", answer.GetProperty("status").GetString());
        return answer.GetProperty("data");
    }

    public async Task StopAsync()
    {
        _stopped = true;
        await Server.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await StopAsync();
        }

        await Server.DisposeAsync();
        Http.Dispose();
        _loggers.Dispose();
        _folder.Dispose();
    }

    private sealed class LockedStream(MemoryStream target) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            lock (target)
            {
                target.Write(buffer);
            }
        }
    }
}
