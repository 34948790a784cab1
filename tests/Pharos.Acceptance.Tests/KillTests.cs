using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>
/// An acknowledged sample survives the death of the process at any moment, and a deleted one stays away. While the writer writes, in order and late, and deletes, the store makes
/// blocks of ten minutes, merges them, truncates its head and its logs and writes checkpoints.
/// </summary>
public sealed class KillTests
{
    private const int SeriesCount = 50;
    private const int Seed = 20261120;
    private const string Config = "storage: {tsdb: {out_of_order_time_window: 1h}}";
    private static readonly string[] Flags =
        ["--web.enable-admin-api", "--storage.tsdb.min-block-duration=10m", "--storage.tsdb.max-block-duration=90m", "--storage.tsdb.retention.time=60d"];

    [Fact]
    public Task Acknowledged_samples_survive_ten_kills_at_random_moments() => KillAndCompareAsync(10);

    [Fact]
    [Trait("Kind", "Slow")]
    public Task Acknowledged_samples_survive_two_hundred_kills_at_random_moments() => KillAndCompareAsync(200);

    [Fact]
    public async Task A_termination_ends_within_ten_seconds_and_loses_nothing_acknowledged()
    {
        using var folder = new TempFolder();
        var written = new Writer(DateTimeOffset.UtcNow.AddDays(-30));
        await using (ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, Config, Flags))
        {
            Task writing = written.WriteUntilRefusedAsync(pharos.Address);
            await Until.TrueAsync("some samples", () => Task.FromResult(written.Acknowledged > 20), () => pharos.Process.Output);
            Assert.Equal(0, await pharos.Process.TerminateAsync(TimeSpan.FromSeconds(10)));
            await writing;
        }

        await using ServerProcess again = await ServerProcess.StartPharosAsync(folder, Config, Flags);
        await written.AssertAllThereAsync(again);
    }

    private static async Task KillAndCompareAsync(int kills)
    {
        using var folder = new TempFolder();
        var random = new Random(Seed);
        var written = new Writer(DateTimeOffset.UtcNow.AddDays(-30));
        for (int i = 0; i < kills; i++)
        {
            await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, Config, Flags);
            await written.AssertNewestThereAsync(pharos);
            int enough = written.Requests + random.Next(1, 120);
            Task writing = written.WriteUntilRefusedAsync(pharos.Address);
            await Until.TrueAsync("some requests", () => Task.FromResult(written.Requests >= enough), () => pharos.Process.Output);
            await Task.Delay(random.Next(100));
            await pharos.Process.KillAsync();
            await writing;
        }

        await using ServerProcess last = await ServerProcess.StartPharosAsync(folder, Config, Flags);
        await written.AssertAllThereAsync(last);
        Assert.True(written.Acknowledged > kills);
        Assert.True(written.Deleted > 0, "nothing was deleted");
        await Until.TrueAsync("blocks", () => Task.FromResult(Directory.GetDirectories(folder.File("pharos"), "01*").Length > 1), () => last.Process.Output);
    }

    /// <summary>
    /// Sends one request after the other, each with one sample for every series, thirty seconds after the one before; every seventh is twenty minutes late; every thirtieth time a
    /// stretch before that is deleted. Remembers what was acknowledged. What was going on when the process died may have happened or not.
    /// </summary>
    private sealed class Writer(DateTimeOffset start)
    {
        private const int Step = 30_000;
        private const int Late = 20 * 60_000;
        private readonly long _start = start.ToUnixTimeMilliseconds() / Step * Step;
        private readonly SortedSet<long> _acknowledged = [];
        private readonly SortedSet<long> _deleted = [];
        private int _next;

        public int Acknowledged => _acknowledged.Count;

        public int Deleted => _deleted.Count;

        /// <summary>Requests begun.</summary>
        public int Requests => Volatile.Read(ref _next);

        private long Newest => _start + ((long)_next * Step);

        public async Task WriteUntilRefusedAsync(Uri address)
        {
            using var client = new HttpClient { BaseAddress = address };
            bool goesOn = true;
            while (goesOn)
            {
                _next++;
                goesOn = await TryWriteAsync(client, Newest)
                    && (_next % 7 != 0 || await TryWriteAsync(client, Newest - Late + 7))
                    && (_next % 30 != 0 || await TryDeleteAsync(client, Newest - Late - (_next % 900 * 1000L) - (10 * Step), 4 * Step));
            }
        }

        /// <summary>As <see cref="AssertAllThereAsync"/>, for the last hours.</summary>
        public Task AssertNewestThereAsync(ServerProcess server) => AssertThereAsync(server, Newest - (6 * 3_600_000L), Newest);

        /// <summary>Everything acknowledged is there, nothing that was deleted, and nothing that was never sent.</summary>
        public async Task AssertAllThereAsync(ServerProcess server)
        {
            const long Day = 24 * 3_600_000L;
            for (long from = _start; from <= Newest; from += Day)
            {
                await AssertThereAsync(server, from, from + Day - 1);
            }
        }

        private static double ValueOf(long time, int id) => (Math.Sin(time % 86_413_000) * 1000) + id;

        private async Task AssertThereAsync(ServerProcess server, long from, long to)
        {
            // A range of (to - from + 1) ms reaches back to just before the first of them.
            JsonElement answer = await server.Api.QueryAsync($"kill_test[{to - from + 1}ms]", to / 1000.0);
            var found = new Dictionary<int, Dictionary<long, double>>();
            foreach (JsonElement series in answer.GetProperty("data").GetProperty("result").EnumerateArray())
            {
                int id = int.Parse(series.GetProperty("metric").GetProperty("series").GetString()!, CultureInfo.InvariantCulture);
                found[id] = series.GetProperty("values").EnumerateArray().ToDictionary(
                    static p => (long)Math.Round(p[0].GetDouble() * 1000), static p => double.Parse(p[1].GetString()!, CultureInfo.InvariantCulture));
            }

            SortedSet<long> expected = _acknowledged.GetViewBetween(from, to);
            for (int id = 0; id < SeriesCount; id++)
            {
                Dictionary<long, double> samples = found.GetValueOrDefault(id, []);
                long[] lost = [.. expected.Where(time => !samples.ContainsKey(time))];
                Assert.True(lost.Length == 0, $"series {id} lost {lost.Length} of {expected.Count} acknowledged samples, first at {lost.FirstOrDefault()} ({(Newest - lost.FirstOrDefault()) / 1000} s back)");
                Assert.All(samples, sample => Assert.Equal(ValueOf(sample.Key, id), sample.Value));
                Assert.DoesNotContain(samples.Keys, _deleted.Contains);
            }
        }

        private async Task<bool> TryWriteAsync(HttpClient client, long time)
        {
            var request = new WriteRequestBuilder();
            for (int id = 0; id < SeriesCount; id++)
            {
                request.Add(["__name__", "kill_test", "series", $"{id}"], (time, ValueOf(time, id)));
            }

            using var content = new ByteArrayContent(request.ToBody());
            content.Headers.Add("Content-Type", "application/x-protobuf");
            content.Headers.Add("Content-Encoding", "snappy");
            if (!await TryPostAsync(client, "/api/v1/write", content))
            {
                return false;
            }

            _acknowledged.Add(time);
            return true;
        }

        private async Task<bool> TryDeleteAsync(HttpClient client, long from, int duration)
        {
            long[] meant = [.. _acknowledged.GetViewBetween(from, from + duration)];
            _acknowledged.ExceptWith(meant);
            string path = string.Create(CultureInfo.InvariantCulture, $"/api/v1/admin/tsdb/delete_series?match[]=kill_test&start={from / 1000.0:F3}&end={(from + duration) / 1000.0:F3}");
            if (!await TryPostAsync(client, path, null))
            {
                return false;
            }

            _deleted.UnionWith(meant);
            return true;
        }

        private static async Task<bool> TryPostAsync(HttpClient client, string path, HttpContent? content)
        {
            try
            {
                using HttpResponseMessage response = await client.PostAsync(path, content);
                return response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.OK;
            }
            catch (Exception e) when (e is HttpRequestException or SocketException)
            {
                // The latter comes out of HttpClient when a connection dies in the moment that it was made.
                return false;
            }
        }
    }
}
