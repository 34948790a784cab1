using System.Collections.Concurrent;
using Pharos.Remote.Sending;

namespace Pharos.Remote.Tests.Sending;

/// <summary>Keeps what queues have to say.</summary>
internal sealed class RememberingLog : IRemoteWriteLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Started(string queue, string url, string from) => _lines.Enqueue($"started from {from}");

    public void Stopped(string queue, string url) => _lines.Enqueue("stopped");

    public void Retrying(string queue, string url, string error) => _lines.Enqueue($"retrying: {error}");

    public void WaitingAsAsked(string queue, string url, TimeSpan duration) => _lines.Enqueue($"waiting {duration}");

    public void Failed(string queue, string url, int samples, int histograms, int exemplars, string error) => _lines.Enqueue($"failed {samples}/{histograms}/{exemplars}: {error}");

    public void MetadataFailed(string queue, string url, int count, string error) => _lines.Enqueue($"metadata failed {count}: {error}");

    public void Resharding(string queue, string url, int from, int to) => _lines.Enqueue($"resharding {from} to {to}");

    public void ReshardingSkipped(string queue, string url, string reason) => _lines.Enqueue($"not resharding: {reason}");

    public void UnknownSeries(string queue, string url, ulong reference) => _lines.Enqueue($"unknown {reference}");

    public void LogUnreadable(string queue, string url, string error) => _lines.Enqueue($"unreadable: {error}");

    public void SegmentsLost(string queue, string url, int count) => _lines.Enqueue($"lost {count}");

    public void NotFlushed(string queue, string url, int samples, int histograms, int exemplars) => _lines.Enqueue($"not flushed {samples}/{histograms}/{exemplars}");

    public void PositionNotKept(string queue, string file, string error) => _lines.Enqueue($"position: {error}");

    public void ConfigurationNote(string queue, string url, string text) => _lines.Enqueue($"note {queue} {url}: {text}");
}
