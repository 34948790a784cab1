using System.Net.Http.Json;
using System.Text.Json;

namespace Pharos.Testing.Processes;

/// <summary>The sample application, or the receiver of its alerts, as <c>./build</c> leaves it.</summary>
public sealed class SampleApplication : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private SampleApplication(ChildProcess process, int port)
    {
        _process = process;
        Port = port;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public int Port { get; }

    public HttpClient Http { get; }

    public string Output => _process.Output;

    private static string Program
    {
        get
        {
            string program = Path.Combine(Repository.Root, "dist", "sample", "endpoint-stats");
            return File.Exists(program) ? program : throw new FileNotFoundException($"{program} is missing: run ./build");
        }
    }

    /// <summary>Starts the application and waits until it answers.</summary>
    public static Task<SampleApplication> StartAsync(TempFolder folder, int port) => StartAsync(folder, port, "/health");

    /// <summary>Starts the receiver and waits until it answers.</summary>
    public static Task<SampleApplication> StartSinkAsync(TempFolder folder, int port) => StartAsync(folder, port, "/messages", "sink");

    /// <summary>Turns its switch.</summary>
    public async Task SetTrafficAsync(object change)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync("/traffic", change);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>What the receiver got whose text has all of these words, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> MessagesAsync(params string[] words)
    {
        JsonElement messages = await Http.GetFromJsonAsync<JsonElement>("/messages");
        return [.. messages.EnumerateArray().Select(static m => m.GetProperty("body")).Where(m => words.All(w => m.GetRawText().Contains(w, StringComparison.Ordinal)))];
    }

    /// <summary>SIGTERM; fails when it does not end well within ten seconds.</summary>
    public async Task StopAsync()
    {
        int exitCode = await _process.TerminateAsync(TimeSpan.FromSeconds(10));
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"the sample application ended with {exitCode}:\n{Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }

    private static async Task<SampleApplication> StartAsync(TempFolder folder, int port, string answers, params string[] command)
    {
        var application = new SampleApplication(ChildProcess.Start(Program, [.. command, "--port", $"{port}"], folder.Path), port);
        await Until.TrueAsync("the sample application to answer", async () => application._process.HasExited
            ? throw new InvalidOperationException($"it ended with {application._process.ExitCode}:\n{application.Output}")
            : (await application.Http.GetAsync(answers)).IsSuccessStatusCode, () => application.Output);
        return application;
    }
}
