using System.Globalization;
using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>Schemas below 16: <c>rows</c> of panels with a span of 12 columns and heights in pixels become one list of panels in the grid.</summary>
internal static class RowsMigration
{
    private const int GridColumns = 24;
    private const int SpanColumns = 12;
    private const double DefaultHeight = 250;
    private const double MinHeight = 5;

    // Grafana's cell and the gap below it, in pixels.
    private const double CellHeight = 38;

    /// <summary>Does nothing where there are no rows.</summary>
    public static void Migrate(JsonObject dashboard)
    {
        if (dashboard["rows"] is not JsonArray rows)
        {
            return;
        }

        dashboard.Remove("rows");
        JsonArray panels = dashboard["panels"] as JsonArray ?? [];
        dashboard["panels"] = panels;
        bool showRows = rows.OfType<JsonObject>().Any(static row => IsCollapsed(row) || Flag(row, "showTitle") || !string.IsNullOrEmpty(row.Text("repeat")));
        int y = panels.OfType<JsonObject>().Select(static panel => panel.Map("gridPos")).OfType<JsonObject>()
            .Select(static grid => (grid.Whole("y") ?? 0) + (grid.Whole("h") ?? 0)).DefaultIfEmpty(0).Max();
        int nextId = panels.OfType<JsonObject>().Concat(rows.OfType<JsonObject>().SelectMany(static row => row.Maps("panels")))
            .Select(static panel => panel.Whole("id", 0, int.MaxValue / 2) ?? 0).DefaultIfEmpty(0).Max() + 1;
        foreach (JsonObject row in rows.OfType<JsonObject>().Where(static row => !IsCopy(row)))
        {
            y = Place(row, showRows, y, ref nextId, panels);
        }
    }

    private static int Place(JsonObject row, bool showRows, int y, ref int nextId, JsonArray panels)
    {
        bool collapsed = IsCollapsed(row);
        JsonObject? heading = null;
        if (showRows)
        {
            heading = new JsonObject
            {
                ["id"] = nextId++,
                ["type"] = "row",
                ["title"] = row.Text("title") ?? "",
                ["collapsed"] = collapsed,
                ["repeat"] = row.Text("repeat"),
                ["panels"] = new JsonArray(),
                ["gridPos"] = Grid(0, y, GridColumns, 1),
            };
            panels.Add(heading);
            y++;
        }

        int rowHeight = Height(row["height"]) ?? Cells(DefaultHeight);
        var area = new RowArea(GridColumns);
        JsonArray into = collapsed ? (JsonArray)heading!["panels"]! : panels;
        int bottom = y;
        foreach (JsonObject panel in row.Maps("panels").ToList())
        {
            int width = Math.Clamp((int)Math.Floor((panel.Number("span") ?? 4) * GridColumns / SpanColumns), 1, GridColumns);
            int height = Height(panel["height"]) ?? rowHeight;
            (int x, int top) = area.Take(width, height);
            panel["gridPos"] = Grid(x, y + top, width, height);
            panel.Remove("span");
            panel.Remove("height");
            into.Add(panel.DeepClone());
            bottom = Math.Max(bottom, y + top + height);
        }

        return collapsed ? y : Math.Max(bottom, row.Maps("panels").Any() ? bottom : y);
    }

    private static bool IsCollapsed(JsonObject row) => Flag(row, "collapse") || row.Flag("collapsed");

    // Generators have written these in small letters.
    private static bool Flag(JsonObject row, string name) => row.Flag(name) || row.Flag(name.ToLowerInvariant());

    private static bool IsCopy(JsonObject row) => !row["repeatRowId"].IsBlank() && !row["repeatIteration"].IsBlank();

    private static JsonObject Grid(int x, int y, int w, int h) => new() { ["x"] = x, ["y"] = y, ["w"] = w, ["h"] = h };

    // "250px", "250" or 250.
    private static int? Height(JsonNode? node)
    {
        string? text = node.AsText()?.Trim();
        if (text is null)
        {
            return null;
        }

        text = text.EndsWith("px", StringComparison.Ordinal) ? text[..^2] : text;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double pixels) && double.IsFinite(pixels) && pixels > 0 ? Cells(pixels) : null;
    }

    private static int Cells(double pixels) => (int)Math.Clamp(Math.Ceiling(Math.Max(pixels, MinHeight * CellHeight / 2) / CellHeight), 1, 100);
}
