using System.Net;
using Pharos.Remote.Configuration;
using Pharos.Testing;

namespace Pharos.Remote.Tests.Sending;

/// <summary>A receiver in the process: keeps what it takes, and answers as the test wants.</summary>
internal sealed class MemoryReceiver : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<Request> _requests = [];
    private readonly List<(string Family, Core.Samples.MetricType Type, string Help, string Unit)> _metadata = [];

    /// <summary>The answer to the next request; null takes it with 204.</summary>
    public Func<Request, HttpResponseMessage?>? Answer { get; set; }

    /// <summary>While set, requests wait for it.</summary>
    public TaskCompletionSource? Hold { get; set; }

    /// <summary>All requests, those that were refused too.</summary>
    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public IReadOnlyList<Request> Taken => [.. Requests.Where(static request => request.WasTaken)];

    public IReadOnlyList<(string Family, Core.Samples.MetricType Type, string Help, string Unit)> Metadata
    {
        get
        {
            lock (_lock)
            {
                return [.. _metadata];
            }
        }
    }

    /// <summary>All samples that were taken, as text, in the order in which they came.</summary>
    public IReadOnlyList<string> Samples =>
        [.. Taken.SelectMany(static request => request.Series).SelectMany(static series => series.Samples.Select(sample => $"{series.Labels.ToMetricText()} {sample.Value}@{sample.Time}"))];

    public int SampleCount => Taken.Sum(static request => request.Series.Sum(static series => series.Samples.Count));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        string type = request.Content.Headers.NonValidated["Content-Type"].ToString();
        bool isVersion2 = type.EndsWith(RemoteWriteConfig.Version2Message, StringComparison.Ordinal);
        var metadata = new List<(string, Core.Samples.MetricType, string, string)>();
        IReadOnlyList<WrittenSeries> series = isVersion2 ? WriteRequestReader.ReadVersion2(body) : WriteRequestReader.ReadVersion1(body, metadata);
        var received = new Request(
            request.Headers.NonValidated.Concat(request.Content.Headers.NonValidated).ToDictionary(static h => h.Key, static h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), series, body.Length);
        lock (_lock)
        {
            _requests.Add(received);
        }

        if (Hold is { } hold)
        {
            await hold.Task.WaitAsync(cancellationToken);
        }

        if (Answer?.Invoke(received) is { } answer)
        {
            return answer;
        }

        received.WasTaken = true;
        lock (_lock)
        {
            _metadata.AddRange(metadata);
        }

        var response = new HttpResponseMessage(HttpStatusCode.NoContent);
        if (isVersion2)
        {
            response.Headers.Add("X-Prometheus-Remote-Write-Samples-Written", series.Sum(static s => s.Samples.Count).ToString());
            response.Headers.Add("X-Prometheus-Remote-Write-Histograms-Written", series.Sum(static s => s.Histograms.Count).ToString());
            response.Headers.Add("X-Prometheus-Remote-Write-Exemplars-Written", series.Sum(static s => s.Exemplars.Count).ToString());
        }

        return response;
    }

    internal sealed record Request(IReadOnlyDictionary<string, string> Headers, IReadOnlyList<WrittenSeries> Series, int Bytes)
    {
        public bool WasTaken { get; set; }

        public int SampleCount => Series.Sum(static series => series.Samples.Count);
    }
}
