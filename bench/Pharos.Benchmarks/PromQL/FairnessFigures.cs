using System.Diagnostics;
using System.Globalization;
using Pharos.Core.Labels;
using Pharos.Testing;

namespace Pharos.Benchmarks.PromQL;

/// <summary>
/// How long small queries take beside huge ones, asked over HTTP of a running server with a remote write receiver (Pharos or Prometheus): writes an hour of
/// 20,000 series and prints medians and tails. About a minute.
/// </summary>
internal sealed class FairnessFigures : IDisposable
{
    private const int Series = 20_000;
    private const int Samples = 240;
    private const int Asks = 200;

    // Who takes longer is counted with this; after some of those nothing is asked any more.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);
    private const string Huge = "sum by (job) (stddev_over_time({__name__=~\"http_.*\"}[1h]))";

    // Nothing else waits in the pools of a client of its own.
    private readonly HttpClient _small;
    private readonly HttpClient _huge;
    private readonly long _end;

    private FairnessFigures(Uri address)
    {
        _small = new HttpClient { BaseAddress = address, Timeout = MaxWait };
        _huge = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        _end = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / Fleet.StepMs * Fleet.StepMs;
    }

    public static async Task PrintAsync(Uri address)
    {
        using var figures = new FairnessFigures(address);
        await figures.WriteAsync();
        (string Name, Func<string> Path)[] questions =
        [
            ("one pod, instant", () => figures.InstantPath("sum(rate(http_requests_total{instance=\"10.0.0.7:8080\"}[5m]))")),
            ("4,000 series, 1 h in 240 steps", () => figures.RangePath("sum by (status) (rate(http_requests_total[5m]))")),
        ];
        Console.WriteLine($"{"milliseconds",-32}{"beside",10}{"median",10}{"p95",10}{"worst",10}{"huge done",12}");
        foreach ((string name, Func<string> path) in questions)
        {
            await figures.AskAsync(path, Asks);
            foreach (int huge in new[] { 0, 1, 4, 25 })
            {
                (double[] times, int done) = await figures.BesideAsync(path, huge);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{name,-32}{huge,10}{times[times.Length / 2],10:F2}{times[times.Length * 95 / 100],10:F2}{times[^1],10:F2}{done,12}"));
            }
        }
    }

    public void Dispose()
    {
        _small.Dispose();
        _huge.Dispose();
    }

    private async Task<(double[] Sorted, int HugeDone)> BesideAsync(Func<string> path, int huge)
    {
        using var stop = new CancellationTokenSource();
        int done = 0;
        Task[] loops = [.. Enumerable.Range(0, huge).Select(_ => RepeatAsync(() => Interlocked.Increment(ref done), stop.Token))];
        await Task.Delay(huge == 0 ? 0 : 1000);
        double[] times = await AskAsync(path, Asks);
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        return (times, done);
    }

    private async Task RepeatAsync(Action done, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using HttpResponseMessage response = await _huge.GetAsync(RangePath(Huge), stop);
                response.EnsureSuccessStatusCode();
                done();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<double[]> AskAsync(Func<string> path, int count)
    {
        double[] times = new double[count];
        int tooLong = 0;
        for (int i = 0; i < count; i++)
        {
            long began = Stopwatch.GetTimestamp();
            try
            {
                using HttpResponseMessage response = await _small.GetAsync(path());
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync();
            }
            catch (TaskCanceledException)
            {
                tooLong++;
            }

            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (tooLong == 5)
            {
                times = times[..(i + 1)];
                break;
            }

            await Task.Delay(5 + (i % 10));
        }

        Array.Sort(times);
        return times;
    }

    private string InstantPath(string query) => $"/api/v1/query?query={Uri.EscapeDataString(query)}&time={Seconds(_end)}";

    private string RangePath(string query) =>
        $"/api/v1/query_range?query={Uri.EscapeDataString(query)}&start={Seconds(_end - 3_600_000)}&end={Seconds(_end)}&step=15&timeout=10m";

    private static string Seconds(long milliseconds) => (milliseconds / 1000.0).ToString("F3", CultureInfo.InvariantCulture);

    private async Task WriteAsync()
    {
        const int SeriesOfRequest = 1000;
        var fleet = new Fleet(Series);
        for (int from = 0; from < Series; from += SeriesOfRequest)
        {
            var request = new WriteRequestBuilder();
            for (int i = from; i < from + SeriesOfRequest; i++)
            {
                var names = new List<string>();
                foreach (Label label in Fleet.LabelsOf(i))
                {
                    names.AddRange([label.Name, label.Value]);
                }

                int index = i;
                request.Add(names, [.. Enumerable.Range(0, Samples).Select(k => (_end - ((Samples - 1 - k) * Fleet.StepMs), fleet.Next(index)))]);
            }

            using var content = new ByteArrayContent(request.ToBody());
            content.Headers.ContentEncoding.Add("snappy");
            content.Headers.ContentType = new("application/x-protobuf");
            content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
            using HttpResponseMessage response = await _huge.PostAsync("/api/v1/write", content);
            response.EnsureSuccessStatusCode();
        }
    }
}
