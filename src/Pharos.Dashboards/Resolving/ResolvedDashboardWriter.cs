using System.Text.Json;
using Pharos.Dashboards.Library;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Variables;

namespace Pharos.Dashboards.Resolving;

/// <summary>Writes a resolved dashboard as docs/api.md has it.</summary>
public static class ResolvedDashboardWriter
{
    /// <summary>Writes the member <c>problems</c> of an object.</summary>
    public static void WriteProblems(Utf8JsonWriter json, IEnumerable<DashboardProblem> problems) => ResolvedPanelWriter.WriteProblems(json, problems);

    /// <summary>Writes the members of the object.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="dashboard">What to write.</param>
    /// <param name="folder">The folder it is in; empty for none.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="version">Its version here.</param>
    /// <param name="editable">Whether it may be saved.</param>
    public static void WriteMembers(Utf8JsonWriter json, ResolvedDashboard dashboard, string folder, DashboardOrigin origin, long version, bool editable)
    {
        Dashboard source = dashboard.Source;
        json.WriteString("uid"u8, source.Uid);
        json.WriteString("title"u8, dashboard.Title);
        json.WriteString("slug"u8, Slug.Of(source.Title));
        json.WriteString("folder"u8, folder);
        json.WriteStartArray("tags"u8);
        foreach (string tag in source.Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteNumber("version"u8, version);
        json.WriteString("origin"u8, origin.Word());
        json.WriteBoolean("editable"u8, editable);
        json.WriteStartObject("time"u8);
        json.WriteString("from"u8, source.From);
        json.WriteString("to"u8, source.To);
        json.WriteEndObject();
        json.WriteString("refresh"u8, dashboard.Refresh);
        json.WriteString("timezone"u8, source.Timezone);
        json.WriteNumber("graphTooltip"u8, source.GraphTooltip);
        ResolvedPanelWriter.WriteLinks(json, dashboard.Links);
        json.WriteStartArray("variables"u8);
        foreach (ResolvedVariable variable in dashboard.Variables)
        {
            WriteVariable(json, variable);
        }

        json.WriteEndArray();
        json.WriteStartArray("panels"u8);
        List<DashboardProblem> further = [.. dashboard.Problems.Skip(source.Problems.Count)];
        foreach (ResolvedPanel panel in dashboard.Panels)
        {
            ResolvedPanelWriter.Write(json, panel, further);
        }

        json.WriteEndArray();
        ResolvedPanelWriter.WriteProblems(json, dashboard.Problems);
    }

    private static void WriteVariable(Utf8JsonWriter json, ResolvedVariable variable)
    {
        Variable definition = variable.Definition;
        json.WriteStartObject();
        json.WriteString("name"u8, definition.Name);
        json.WriteString("label"u8, definition.Label);
        json.WriteString("type"u8, definition.Type.Word());
        json.WriteNumber("hide"u8, definition.Hide);
        json.WriteBoolean("multi"u8, definition.Multi);
        json.WriteBoolean("includeAll"u8, definition.IncludeAll);
        json.WriteStartArray("options"u8);
        foreach (VariableOption option in definition.IncludeAll ? variable.Options.Prepend(VariableOption.All) : variable.Options)
        {
            json.WriteStartObject();
            json.WriteString("text"u8, option.Text);
            json.WriteString("value"u8, option.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("current"u8);
        json.WriteString("text"u8, variable.Text);
        json.WriteStartArray("values"u8);
        foreach (VariableOption option in variable.Chosen)
        {
            json.WriteStringValue(option.Value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteBoolean("isAll"u8, variable.IsAll);
        if (variable.Total > variable.Options.Count)
        {
            json.WriteStartObject("limited"u8);
            json.WriteNumber("shown"u8, variable.Options.Count);
            json.WriteNumber("total"u8, variable.Total);
            json.WriteEndObject();
        }

        if (variable.Error is { } error)
        {
            json.WriteString("error"u8, error);
        }

        json.WriteEndObject();
    }
}
