using System.Collections.Concurrent;
using System.Net;

namespace Pharos.Testing.Processes;

/// <summary>A receiver of messages on a loopback port: keeps every request and answers as a test says.</summary>
public sealed class CapturingReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<CapturedRequest> _requests = new();
    private readonly Task _run;

    public CapturingReceiver()
    {
        Port = FreePort.Next();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _run = RunAsync();
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The status of the answer to a request.</summary>
    public Func<CapturedRequest, int> Status { get; set; } = static _ => 200;

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<CapturedRequest> Requests => [.. _requests];

    public IReadOnlyList<CapturedRequest> At(string path) => [.. _requests.Where(request => request.Path == path)];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _run;
        _listener.Close();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            string body = await reader.ReadToEndAsync();
            var request = new CapturedRequest(context.Request.HttpMethod, context.Request.Url!.AbsolutePath, body);
            _requests.Enqueue(request);
            context.Response.StatusCode = Status(request);
            byte[] answer = "ok"u8.ToArray();
            context.Response.ContentLength64 = answer.Length;
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
    }
}
