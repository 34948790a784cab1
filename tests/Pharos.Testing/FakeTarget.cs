using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pharos.Testing;

/// <summary>
/// A target on a loopback port that answers exactly the bytes a test gives it, right or wrong. Each connection is answered on its own; the answer
/// gets the request's head and writes what it likes.
/// </summary>
public sealed class FakeTarget : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _requests = [];
    private readonly Lock _lock = new();
    private readonly Task _run;

    public FakeTarget(Func<string, Stream, CancellationToken, Task> answer)
    {
        Answer = answer;
        _listener.Start();
        _run = AcceptAsync();
    }

    /// <summary>Answers every request with a body.</summary>
    public FakeTarget(string body, string contentType = "text/plain; version=0.0.4", string status = "200 OK")
        : this((_, stream, stop) => WriteAsync(stream, body, contentType, status, stop))
    {
    }

    /// <summary>May be changed while it runs.</summary>
    public Func<string, Stream, CancellationToken, Task> Answer { get; set; }

    /// <summary>Puts another stream around each connection, as TLS does.</summary>
    public Func<Stream, CancellationToken, Task<Stream>> Wrap { get; set; } = static (stream, _) => Task.FromResult(stream);

    /// <summary>As <c>127.0.0.1:40123</c>.</summary>
    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>The heads of the requests so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Writes a whole answer and says that the connection ends with it.</summary>
    public static Task WriteAsync(Stream stream, string body, string contentType, string status, CancellationToken stop) =>
        WriteAsync(stream, Encoding.UTF8.GetBytes(body), $"Content-Type: {contentType}\r\n", status, stop);

    /// <summary>Writes a whole answer with headers of one's own (each ended by CR LF) and says that the connection ends with it.</summary>
    public static async Task WriteAsync(Stream stream, byte[] body, string headers, string status, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n"), stop);
        await stream.WriteAsync(body, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _run;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
                connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The listener was stopped under the call.
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var connection = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await using Stream stream = await Wrap(connection, _stop.Token);
            string head = await ReadHeadAsync(stream);
            lock (_lock)
            {
                _requests.Add(head);
            }

            await Answer(head, stream, _stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            return;
        }
    }

    private async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
