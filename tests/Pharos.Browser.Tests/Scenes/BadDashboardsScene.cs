using System.Text.Json;

namespace Pharos.Browser.Tests.Scenes;

/// <summary>A folder with dashboards that nobody should have written, beside one that is well.</summary>
public sealed class BadDashboardsScene : Scene
{
    public const int ManyPanels = 1000;

    protected override Task<string> PrepareAsync(int port)
    {
        Folder.Write("served/prometheus.yml", $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs:
              - job_name: node
                metrics_path: /metrics/host
                static_configs: [{ targets: ["127.0.0.1:{{port}}"] }]
            """);
        Folder.Write("served/dashboards/broken.json", """{ "title": "Broken", "panels": [ { "type": "stat", } ] }""");
        Folder.Write("served/dashboards/many.json", Dashboard("many", "A thousand panels", [], Enumerable.Range(1, ManyPanels).Select(static i => new
        {
            id = i,
            type = "timeseries",
            title = $"Panel {i}",
            gridPos = new { x = i % 4 * 6, y = i / 4 * 6, w = 6, h = 6 },
            targets = new[] { new { refId = "A", expr = $"node_load1 * {i}" } },
        })));
        Folder.Write("served/dashboards/loop.json", Dashboard("loop", "Variables in a circle",
        [
            new { name = "first", type = "query", query = "label_values(up{job=\"$second\"}, job)" },
            new { name = "second", type = "query", query = "label_values(up{job=\"$first\"}, job)" },
        ],
        [
            new { id = 1, type = "timeseries", title = "By the circle", gridPos = new { x = 0, y = 0, w = 24, h = 8 }, targets = new[] { new { refId = "A", expr = "up{job=\"$first\"}" } } },
        ]));
        return Task.FromResult(Folder.File("served"));
    }

    private static string Dashboard(string uid, string title, IEnumerable<object> variables, IEnumerable<object> panels) => JsonSerializer.Serialize(new
    {
        uid,
        title,
        schemaVersion = 39,
        time = new { from = "now-1m", to = "now" },
        templating = new { list = variables },
        panels,
    });
}
