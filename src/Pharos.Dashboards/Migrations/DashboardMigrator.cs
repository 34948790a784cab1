using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>
/// Brings a file of any schema from 8 up to the newest, in place. Each step looks at what is there and not at the version that the file claims, where that
/// can be told: files are edited by hand and versions with them are wrong.
/// </summary>
internal static class DashboardMigrator
{
    // Before it, a panel of the type table is today's table-old.
    private const int NewTableVersion = 24;

    /// <summary>Migrates the dashboard and all its panels.</summary>
    public static void Migrate(JsonObject dashboard)
    {
        int version = dashboard.Whole("schemaVersion") ?? 0;
        RowsMigration.Migrate(dashboard);
        if (dashboard.Flag("sharedCrosshair"))
        {
            dashboard.Default("graphTooltip", 1);
        }

        foreach (JsonObject panel in Panels(dashboard))
        {
            if (version < NewTableVersion && panel.Text("type") == "table" && panel.Map("fieldConfig") is null)
            {
                panel["type"] = "table-old";
            }

            PanelMigrator.Migrate(panel);
        }
    }

    /// <summary>Every panel, those within rows too.</summary>
    private static IEnumerable<JsonObject> Panels(JsonObject dashboard) =>
        dashboard.Maps("panels").SelectMany(static panel => panel.Maps("panels").Prepend(panel));
}
