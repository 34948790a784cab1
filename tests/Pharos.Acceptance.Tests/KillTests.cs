using System.Globalization;
using System.Net;
using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>An acknowledged sample survives the death of the process at any moment.</summary>
public sealed class KillTests
{
    private const int SeriesCount = 50;
    private const int Seed = 20261120;

    [Fact]
    public Task Acknowledged_samples_survive_five_kills_at_random_moments() => KillAndCompareAsync(5);

    [Fact]
    [Trait("Kind", "Slow")]
    public Task Acknowledged_samples_survive_fifty_kills_at_random_moments() => KillAndCompareAsync(50);

    [Fact]
    public async Task A_termination_ends_within_ten_seconds_and_loses_nothing_acknowledged()
    {
        using var folder = new TempFolder();
        var written = new Writer(DateTimeOffset.UtcNow);
        await using (ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, "global: {}"))
        {
            Task writing = written.WriteUntilRefusedAsync(pharos.Address);
            await Until.TrueAsync("some samples", () => Task.FromResult(written.Acknowledged > 20), () => pharos.Process.Output);
            Assert.Equal(0, await pharos.Process.TerminateAsync(TimeSpan.FromSeconds(10)));
            await writing;
        }

        await using ServerProcess again = await ServerProcess.StartPharosAsync(folder, "global: {}");
        await written.AssertAllThereAsync(again);
    }

    private static async Task KillAndCompareAsync(int kills)
    {
        using var folder = new TempFolder();
        var random = new Random(Seed);
        var written = new Writer(DateTimeOffset.UtcNow);
        for (int i = 0; i < kills; i++)
        {
            await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, "global: {}");
            await written.AssertAllThereAsync(pharos);
            int before = written.Acknowledged;
            Task writing = written.WriteUntilRefusedAsync(pharos.Address);
            await Until.TrueAsync("a first acknowledgement", () => Task.FromResult(written.Acknowledged > before), () => pharos.Process.Output);
            await Task.Delay(random.Next(1, 400));
            await pharos.Process.KillAsync();
            await writing;
        }

        await using ServerProcess last = await ServerProcess.StartPharosAsync(folder, "global: {}");
        await written.AssertAllThereAsync(last);
        Assert.True(written.Acknowledged > kills);
    }

    /// <summary>Sends one request after the other, each with one sample for every series; remembers which were acknowledged.</summary>
    private sealed class Writer(DateTimeOffset now)
    {
        private readonly long _start = now.AddMinutes(-30).ToUnixTimeMilliseconds();
        private readonly HashSet<int> _acknowledged = [];
        private int _next;

        public int Acknowledged => _acknowledged.Count;

        public async Task WriteUntilRefusedAsync(Uri address)
        {
            using var client = new HttpClient { BaseAddress = address };
            while (true)
            {
                int step = _next++;
                try
                {
                    using HttpResponseMessage response = await client.PostAsync("/api/v1/write", Request(step));
                    if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.OK))
                    {
                        return;
                    }

                    _acknowledged.Add(step);
                }
                catch (HttpRequestException)
                {
                    return;
                }
            }
        }

        public async Task AssertAllThereAsync(ServerProcess server)
        {
            JsonElement answer = await server.Api.QueryAsync("kill_test[2h]", (_start / 1000.0) + 3600);
            var found = new Dictionary<int, Dictionary<long, double>>();
            foreach (JsonElement series in answer.GetProperty("data").GetProperty("result").EnumerateArray())
            {
                int id = int.Parse(series.GetProperty("metric").GetProperty("series").GetString()!, CultureInfo.InvariantCulture);
                found[id] = series.GetProperty("values").EnumerateArray().ToDictionary(
                    static p => (long)Math.Round(p[0].GetDouble() * 1000), static p => double.Parse(p[1].GetString()!, CultureInfo.InvariantCulture));
            }

            IEnumerable<string> lost =
                from step in _acknowledged
                from id in Enumerable.Range(0, SeriesCount)
                where !found.TryGetValue(id, out Dictionary<long, double>? samples) || !samples.TryGetValue(TimeOf(step), out double value) || !value.Equals(ValueOf(step, id))
                select $"series {id}, step {step}";
            Assert.Empty(lost);

            foreach ((int id, Dictionary<long, double> samples) in found)
            {
                Assert.All(samples, s => Assert.Equal(ValueOf((int)(s.Key - _start) / 10, id), s.Value));
            }
        }

        private static double ValueOf(int step, int id) => Math.Sin(step) * 1000 + id;

        private long TimeOf(int step) => _start + (step * 10L);

        private ByteArrayContent Request(int step)
        {
            var request = new WriteRequestBuilder();
            for (int id = 0; id < SeriesCount; id++)
            {
                request.Add(["__name__", "kill_test", "series", $"{id}"], (TimeOf(step), ValueOf(step, id)));
            }

            var content = new ByteArrayContent(request.ToBody());
            content.Headers.Add("Content-Type", "application/x-protobuf");
            content.Headers.Add("Content-Encoding", "snappy");
            return content;
        }
    }
}
