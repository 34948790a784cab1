using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Resolving;

/// <summary>Writes panels as docs/api.md has them.</summary>
internal static class ResolvedPanelWriter
{
    public static void Write(Utf8JsonWriter json, ResolvedPanel panel, IReadOnlyList<DashboardProblem> further)
    {
        Panel source = panel.Source;
        json.WriteStartObject();
        json.WriteString("key"u8, panel.Key);
        json.WriteNumber("id"u8, source.Id);
        json.WriteString("type"u8, source.Type);
        json.WriteString("title"u8, panel.Title);
        if (panel.Description is { } description)
        {
            json.WriteString("description"u8, description);
        }

        WriteGrid(json, panel.Grid);
        if (source.Transparent)
        {
            json.WriteBoolean("transparent"u8, true);
        }

        if (source.Type == PanelTypes.Row)
        {
            WriteRow(json, panel, further);
        }

        json.WritePropertyName("options"u8);
        panel.Options.WriteTo(json);
        json.WritePropertyName("fieldConfig"u8);
        WriteFieldConfig(json, panel);
        WriteTargets(json, panel.Targets);
        WriteTransformations(json, panel.Transformations);
        WriteLinks(json, panel.Links);
        WriteNumber(json, "minIntervalMs", panel.MinIntervalMs);
        WriteNumber(json, "maxDataPoints", source.MaxDataPoints);
        WriteNumber(json, "timeFromMs", panel.TimeFromMs);
        WriteNumber(json, "timeShiftMs", panel.TimeShiftMs);
        json.WriteStartArray("metrics"u8);
        foreach (string name in panel.Metrics)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        WriteProblems(json, [.. source.Problems, .. further.Where(problem => problem.PanelId == source.Id)]);
        json.WriteEndObject();
    }

    /// <summary>The member <c>problems</c>.</summary>
    public static void WriteProblems(Utf8JsonWriter json, IEnumerable<DashboardProblem> problems)
    {
        json.WriteStartArray("problems"u8);
        foreach (DashboardProblem problem in problems)
        {
            json.WriteStartObject();
            WriteNumber(json, "panelId", problem.PanelId);
            if (problem.PanelTitle is { } title)
            {
                json.WriteString("panelTitle"u8, title);
            }

            if (problem.Variable is { } variable)
            {
                json.WriteString("variable"u8, variable);
            }

            json.WriteString("feature"u8, problem.Feature);
            json.WriteString("message"u8, problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The member <c>links</c>, where there are any.</summary>
    public static void WriteLinks(Utf8JsonWriter json, IReadOnlyList<ResolvedLink> links)
    {
        json.WriteStartArray("links"u8);
        foreach (ResolvedLink link in links)
        {
            json.WriteStartObject();
            json.WriteString("title"u8, link.Title);
            json.WriteString("url"u8, link.Url);
            if (link.NewTab)
            {
                json.WriteBoolean("newTab"u8, true);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, ResolvedPanel panel, IReadOnlyList<DashboardProblem> further)
    {
        json.WriteStartObject("row"u8);
        json.WriteBoolean("collapsed"u8, panel.Source.Collapsed);
        json.WriteStartArray("panels"u8);
        foreach (ResolvedPanel inside in panel.Panels)
        {
            Write(json, inside, further);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGrid(Utf8JsonWriter json, GridPosition grid)
    {
        json.WriteStartObject("grid"u8);
        json.WriteNumber("x"u8, grid.X);
        json.WriteNumber("y"u8, grid.Y);
        json.WriteNumber("w"u8, grid.W);
        json.WriteNumber("h"u8, grid.H);
        json.WriteEndObject();
    }

    // Always with both members and the three that every field has, so that the page need not ask.
    private static void WriteFieldConfig(Utf8JsonWriter json, ResolvedPanel panel)
    {
        JsonObject defaults = panel.FieldConfig["defaults"] as JsonObject ?? [];
        json.WriteStartObject();
        json.WriteStartObject("defaults"u8);
        foreach ((string name, JsonNode? value) in defaults)
        {
            if (value is not null)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        }

        if (defaults["thresholds"] is null)
        {
            json.WriteStartObject("thresholds"u8);
            json.WriteString("mode"u8, "absolute"u8);
            json.WriteStartArray("steps"u8);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (defaults["mappings"] is null)
        {
            json.WriteStartArray("mappings"u8);
            json.WriteEndArray();
        }

        if (defaults["custom"] is null)
        {
            json.WriteStartObject("custom"u8);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("overrides"u8);
        foreach (JsonNode? one in panel.FieldConfig["overrides"] as JsonArray ?? [])
        {
            one?.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTargets(Utf8JsonWriter json, IReadOnlyList<ResolvedTarget> targets)
    {
        json.WriteStartArray("targets"u8);
        foreach (ResolvedTarget target in targets)
        {
            json.WriteStartObject();
            json.WriteString("refId"u8, target.Source.RefId);
            json.WriteString("expr"u8, target.Expr);
            json.WriteString("legendFormat"u8, target.LegendFormat);
            json.WriteBoolean("instant"u8, target.Source.Instant);
            json.WriteBoolean("range"u8, target.Source.Range);
            json.WriteString("format"u8, target.Source.Format);
            json.WriteBoolean("hide"u8, target.Source.Hide);
            WriteNumber(json, "minIntervalMs", target.MinIntervalMs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTransformations(Utf8JsonWriter json, IReadOnlyList<Transformation> transformations)
    {
        json.WriteStartArray("transformations"u8);
        foreach (Transformation transformation in transformations)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, transformation.Id);
            json.WritePropertyName("options"u8);
            transformation.Options.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
