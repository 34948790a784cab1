using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Browser.Tests.Scenes;

/// <summary>A fresh server that got a day of data by remote write, and a dashboard of twenty panels over it.</summary>
public sealed class DayOfDataScene : Scene
{
    public const int Panels = 20;
    public const int SeriesAPanel = 5;

    private const int IntervalMs = 15_000;
    private const int Seed = 20261120;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var random = new Random(Seed);
        double[] values = new double[Panels * SeriesAPanel];
        long end = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / IntervalMs * IntervalMs;
        for (int hour = 24; hour > 0; hour--)
        {
            await WriteHourAsync(end - (hour * 3_600_000L), values, random);
        }
    }

    protected override Task<string> PrepareAsync(int port)
    {
        Folder.Write("served/prometheus.yml", "scrape_configs: []\n");
        Folder.Write("served/dashboards/day.json", JsonSerializer.Serialize(new
        {
            uid = "day",
            title = "A day",
            schemaVersion = 39,
            time = new { from = "now-24h", to = "now" },
            panels = Enumerable.Range(1, Panels).Select(static i => new
            {
                id = i,
                type = "timeseries",
                title = $"Panel {i}",
                gridPos = new { x = (i - 1) % 3 * 8, y = (i - 1) / 3 * 8, w = 8, h = 8 },
                targets = new[] { new { refId = "A", expr = $"rate(day_total{{panel=\"{i}\"}}[5m])", legendFormat = "{{series}}" } },
            }),
        }));
        return Task.FromResult(Folder.File("served"));
    }

    private async Task WriteHourAsync(long start, double[] values, Random random)
    {
        var builder = new WriteRequestBuilder();
        for (int i = 0; i < values.Length; i++)
        {
            string[] labels = ["__name__", "day_total", "panel", Text(1 + (i / SeriesAPanel)), "series", Text(i % SeriesAPanel)];
            var samples = new List<(long, double)>();
            for (int n = 0; n < 3_600_000 / IntervalMs; n++)
            {
                values[i] += 15 * (2 + (i % SeriesAPanel) + random.NextDouble());
                samples.Add((start + (n * (long)IntervalMs), values[i]));
            }

            builder.Add(labels, samples);
        }

        using var content = new ByteArrayContent(builder.ToBody());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        using HttpResponseMessage answer = await Admin.PostAsync("/api/v1/write", content);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
