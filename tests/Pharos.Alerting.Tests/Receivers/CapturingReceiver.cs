using System.Text;
using Pharos.Testing;

namespace Pharos.Alerting.Tests.Receivers;

/// <summary>A receiver on a loopback port: keeps what it is sent and answers as it is told.</summary>
internal sealed class CapturingReceiver : IAsyncDisposable
{
    private readonly FakeTarget _target;
    private readonly List<string> _bodies = [];

    public CapturingReceiver()
    {
        _target = new FakeTarget(AnswerAsync);
    }

    public string Status { get; set; } = "200 OK";

    /// <summary>Each ended by CR LF.</summary>
    public string Headers { get; set; } = "Content-Type: text/plain\r\n";

    public string Body { get; set; } = "ok";

    /// <summary>It never answers.</summary>
    public bool Hangs { get; set; }

    public string Url => $"http://{_target.Address}/services/SECRET";

    public IReadOnlyList<string> Heads => _target.Requests;

    public IReadOnlyList<string> Bodies => _bodies;

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    private async Task AnswerAsync(string head, Stream stream, CancellationToken stop)
    {
        string length = head.Split("\r\n").First(static h => h.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        byte[] body = new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, stop);
        _bodies.Add(Encoding.UTF8.GetString(body));
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, stop);
        }

        await FakeTarget.WriteAsync(stream, Encoding.UTF8.GetBytes(Body), Headers, Status, stop);
    }
}
