using System.Text;
using System.Text.Json;
using Pharos.Dashboards;
using Pharos.Dashboards.Library;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Reading;
using Pharos.Dashboards.Resolving;
using Pharos.Server.Dashboards;

namespace Pharos.Server.Api.Ui;

/// <summary><c>p/dashboards</c>: the list, a dashboard ready to be drawn, and what is wrong with one.</summary>
internal sealed class DashboardEndpoints
{
    private const int MaxVariables = 500;
    private const int MaxValues = 2_000;

    private readonly DashboardsPart _part;
    private readonly PrometheusApiServices _services;

    /// <param name="part">The library.</param>
    /// <param name="services">Answers variables.</param>
    public DashboardEndpoints(DashboardsPart part, PrometheusApiServices services)
    {
        _part = part;
        _services = services;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapUi(HttpMethods.Get, "dashboards", ListAsync);
        routes.MapUi(HttpMethods.Post, "dashboards/resolve", ResolveAsync);
        routes.MapUi(HttpMethods.Post, "dashboards/check", CheckAsync);
    }

    private Task ListAsync(HttpContext context)
    {
        DashboardLibrary library = _part.Library;
        return UiAnswer.WriteAsync(context, _services.Clock, json =>
        {
            json.WriteStartArray("dashboards"u8);
            foreach (DashboardEntry entry in library.Entries)
            {
                WriteEntry(json, entry);
            }

            json.WriteEndArray();
            json.WriteStartArray("errors"u8);
            foreach (LibraryError error in library.Errors)
            {
                json.WriteStartObject();
                json.WriteString("file"u8, error.File);
                json.WriteString("message"u8, error.Message);
                PlaceOf(error.Line, error.Column)?.Write(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void WriteEntry(Utf8JsonWriter json, DashboardEntry entry)
    {
        Dashboard dashboard = entry.Dashboard;
        json.WriteStartObject();
        json.WriteString("uid"u8, dashboard.Uid);
        json.WriteString("title"u8, dashboard.Title);
        json.WriteString("slug"u8, Slug.Of(dashboard.Title));
        json.WriteString("folder"u8, entry.Folder);
        json.WriteStartArray("tags"u8);
        foreach (string tag in dashboard.Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteNumber("panels"u8, dashboard.PanelCount);
        json.WriteString("origin"u8, entry.Origin.Word());
        json.WriteIfAny("file", entry.File);
        json.WriteBoolean("editable"u8, entry.Editable);
        json.WriteNumber("problems"u8, dashboard.Problems.Count);
        json.WriteNumber("version"u8, entry.Version);
        json.WriteIfKnown("updatedAt", entry.Updated);
        json.WriteEndObject();
    }

    private async Task ResolveAsync(HttpContext context)
    {
        using JsonDocument body = await UiRequest.ReadAsync(context, DashboardLimits.MaxBytes).ConfigureAwait(false);
        JsonElement root = body.RootElement;
        DashboardLibrary library = _part.Library;
        DashboardEntry entry = EntryOf(root, library);
        ResolveRequest request = RequestOf(root);
        long interval = (long)_part.GlobalInterval.TotalMilliseconds;
        var source = new SeriesVariableSource(_services, new QueryNames(interval, interval, request.From, request.To));
        var resolver = new DashboardResolver(library.Datasources, MetricsOf(request));
        ResolvedDashboard resolved;
        try
        {
            resolved = await resolver.ResolveAsync(entry.Dashboard, request, source, context.RequestAborted).ConfigureAwait(false);
        }
        catch (DashboardException e)
        {
            throw new UiRequestException(StatusCodes.Status422UnprocessableEntity, "the dashboard cannot be drawn") { Cause = e.Message, Place = PlaceOf(e.Line, e.Column) };
        }

        await UiAnswer.WriteAsync(
            context,
            _services.Clock,
            json => ResolvedDashboardWriter.WriteMembers(json, resolved, entry.Folder, entry.Origin, entry.Version, entry.Editable)).ConfigureAwait(false);
    }

    private async Task CheckAsync(HttpContext context)
    {
        using JsonDocument body = await UiRequest.ReadAsync(context, DashboardLimits.MaxBytes).ConfigureAwait(false);
        if (!body.RootElement.TryGetProperty("dashboard", out JsonElement given))
        {
            throw UiRequest.Expected("dashboard", "a Grafana dashboard");
        }

        Dashboard dashboard = Read(given, _part.Library);
        await UiAnswer.WriteAsync(context, _services.Clock, json =>
        {
            json.WriteString("title"u8, dashboard.Title);
            json.WriteNumber("panels"u8, dashboard.PanelCount);
            ResolvedDashboardWriter.WriteProblems(json, dashboard.Problems);
        }).ConfigureAwait(false);
    }

    // Either one of the library, or the one in the request: for previews.
    private static DashboardEntry EntryOf(JsonElement root, DashboardLibrary library)
    {
        if (root.TryGetProperty("dashboard", out JsonElement given) && given.ValueKind != JsonValueKind.Null)
        {
            Dashboard dashboard = Read(given, library);
            return library.Find(dashboard.Uid) is { } known
                ? known with { Dashboard = dashboard }
                : new DashboardEntry { Dashboard = dashboard, Json = default, Origin = DashboardOrigin.Saved, Editable = true };
        }

        string uid = UiRequest.OptionalText(root, "uid") ?? throw UiRequest.Expected("uid", "the uid of a dashboard, or a dashboard");
        return library.Find(uid) ?? throw new UiRequestException(StatusCodes.Status404NotFound, $"there is no dashboard with the uid {uid}");
    }

    // A text is parsed here, so that its errors have their place in it.
    private static Dashboard Read(JsonElement given, DashboardLibrary library)
    {
        try
        {
            return given.ValueKind == JsonValueKind.String
                ? DashboardReader.Read(Encoding.UTF8.GetBytes(given.GetString()!), library.Datasources)
                : DashboardReader.Read(given, library.Datasources);
        }
        catch (DashboardException e)
        {
            throw new UiRequestException(StatusCodes.Status422UnprocessableEntity, "this dashboard cannot be used") { Cause = e.Message, Place = PlaceOf(e.Line, e.Column) };
        }
    }

    private ResolveRequest RequestOf(JsonElement root)
    {
        var range = UiRange.Read(root);
        return new ResolveRequest { From = range.From, To = range.To, Variables = VariablesOf(root), MinRefresh = _part.Environment.MinRefresh };
    }

    private static Dictionary<string, IReadOnlyList<string>> VariablesOf(JsonElement root)
    {
        var variables = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (!root.TryGetProperty("variables", out JsonElement given) || given.ValueKind == JsonValueKind.Null)
        {
            return variables;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            throw UiRequest.Expected("variables", "an object of lists");
        }

        foreach (JsonProperty property in given.EnumerateObject().Take(MaxVariables))
        {
            variables[property.Name] = property.Value.ValueKind switch
            {
                JsonValueKind.Array => [.. property.Value.EnumerateArray().Take(MaxValues).Where(static v => v.ValueKind == JsonValueKind.String).Select(static v => v.GetString()!)],
                JsonValueKind.String => [property.Value.GetString()!],
                _ => throw UiRequest.Expected($"variables.{property.Name}", "a list of texts"),
            };
        }

        return variables;
    }

    private Func<string, IReadOnlyList<string>> MetricsOf(ResolveRequest request)
    {
        var names = new QueryNames(60_000, 15_000, request.From, request.To);
        return expression => ExpressionSelectors.MetricNames(names.Replace(expression), _services.Engine.Options.Parser);
    }

    private static UiPlace? PlaceOf(int line, int column) => line > 0 ? new UiPlace(Line: line, Column: column > 0 ? column : null) : null;
}
