using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>Brings one panel to the newest schema of its kind, in place.</summary>
internal static class PanelMigrator
{
    /// <summary>Changes the panel; where its kind is not known nothing is changed.</summary>
    public static void Migrate(JsonObject panel)
    {
        // The library's copy of the panel stands beside its name.
        switch (panel.Text("type"))
        {
            case "graph":
                GraphMigration.Migrate(panel);
                break;
            case "singlestat" or "grafana-singlestat-panel":
                SinglestatMigration.Migrate(panel);
                break;
            case "table-old":
                TableOldMigration.Migrate(panel);
                break;
            case "table" when panel["styles"] is JsonArray && panel.Map("fieldConfig") is null:
                TableOldMigration.Migrate(panel);
                break;
            case "grafana-piechart-panel":
                PiechartMigration.Migrate(panel);
                break;
            case "text" or "text2" or "grafana-text-panel":
                MigrateText(panel);
                break;
            case "stat" or "gauge" or "bargauge":
                FieldOptionsMigration.Migrate(panel);
                break;
        }

        CommonMigration.Migrate(panel);
    }

    private static void MigrateText(JsonObject panel)
    {
        panel["type"] = "text";
        JsonObject options = panel.MapOrNew("options");
        foreach (string name in new[] { "content", "mode" })
        {
            if (panel.Take(name) is { } value)
            {
                options.Default(name, value);
            }
        }

        // Plain text was dropped from the newest schema; Markdown shows it.
        if (options.Text("mode") is null or "text")
        {
            options["mode"] = "markdown";
        }
    }
}
