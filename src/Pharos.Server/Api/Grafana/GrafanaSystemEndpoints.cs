using System.Text.Json;
using Pharos.Core.Contracts;
using Pharos.Dashboards.Datasources;
using Pharos.Server.Access;
using Pharos.Server.Dashboards;

namespace Pharos.Server.Api.Grafana;

/// <summary><c>/api/health</c>, <c>/api/datasources</c>, <c>/api/user</c> and <c>/api/org</c>.</summary>
internal sealed class GrafanaSystemEndpoints(DashboardsPart dashboards)
{
    // The version whose API this follows: scripts look at it.
    private const string GrafanaVersion = "12.0.0";

    public void Map(IEndpointRouteBuilder reading)
    {
        reading.MapGrafana(HttpMethods.Get, "/api/health", WriteHealthAsync).OpenToAll();
        reading.MapGrafana(HttpMethods.Get, "/api/datasources", WriteAllAsync);
        reading.MapGrafana(HttpMethods.Get, "/api/datasources/uid/{uid}", context => WriteOneAsync(context, dashboards.Library.Datasources.FindUid(Route(context, "uid"))));
        reading.MapGrafana(HttpMethods.Get, "/api/datasources/name/{name}", context => WriteOneAsync(context, dashboards.Library.Datasources.FindName(Route(context, "name"))));
        reading.MapGrafana(HttpMethods.Get, "/api/user", WriteUserAsync);
        reading.MapGrafana(HttpMethods.Get, "/api/org", WriteOrganisationAsync);
    }

    private static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    // Probes ask without signing in. What runs here is told to those who may read, as Grafana does when it hides its version.
    private static Task WriteHealthAsync(HttpContext context) => GrafanaAnswer.WriteAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteString("database"u8, "ok"u8);
        if (context.GetCaller()?.May(Permissions.Read) == true)
        {
            json.WriteString("version"u8, GrafanaVersion);
            json.WriteString("commit"u8, BuildInfo.Revision);
            json.WriteString("pharos"u8, BuildInfo.Version);
        }

        json.WriteEndObject();
    });

    private Task WriteAllAsync(HttpContext context) => GrafanaAnswer.WriteAsync(context, json =>
    {
        json.WriteStartArray();
        IReadOnlyList<Datasource> all = dashboards.Library.Datasources.All;
        for (int i = 0; i < all.Count; i++)
        {
            Write(json, all[i], i + 1);
        }

        json.WriteEndArray();
    });

    private Task WriteOneAsync(HttpContext context, Datasource? source)
    {
        if (source is null)
        {
            throw new GrafanaException(StatusCodes.Status404NotFound, "Data source not found");
        }

        int id = dashboards.Library.Datasources.All.TakeWhile(other => other.Uid != source.Uid).Count() + 1;
        return GrafanaAnswer.WriteAsync(context, json => Write(json, source, id));
    }

    // Others than the built-in one are listed as they were written, with a word that nothing asks them.
    private static void Write(Utf8JsonWriter json, Datasource source, int id)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, id);
        json.WriteString("uid"u8, source.Uid);
        json.WriteNumber("orgId"u8, 1);
        json.WriteString("name"u8, source.Name);
        json.WriteString("type"u8, source.Type);
        json.WriteString("typeName"u8, source.Type == "prometheus" ? "Prometheus" : source.Type);
        json.WriteString("access"u8, "proxy"u8);
        json.WriteString("url"u8, source.IsBuiltIn ? "" : WithoutUser(source.Url));
        json.WriteString("database"u8, ""u8);
        json.WriteBoolean("basicAuth"u8, false);
        json.WriteBoolean("isDefault"u8, source.IsDefault);
        json.WriteBoolean("readOnly"u8, true);
        json.WriteStartObject("jsonData"u8);
        if (source.TimeInterval.Length > 0)
        {
            json.WriteString("timeInterval"u8, source.TimeInterval);
        }

        json.WriteEndObject();
        json.WriteString("pharos"u8, source.IsBuiltIn ? "built in: answered by this server" : "not asked: dashboards on it are listed as not drawn");
        json.WriteEndObject();
    }

    // A URL may hold a password.
    private static string WithoutUser(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.UserInfo.Length > 0 ? url.Replace(uri.UserInfo + "@", "", StringComparison.Ordinal) : url;

    private static Task WriteUserAsync(HttpContext context)
    {
        Caller caller = context.GetCaller() ?? new Caller(CallerKind.Anonymous, "anonymous", Role.Viewer, Permissions.Read);
        return GrafanaAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, 1);
            json.WriteString("uid"u8, caller.Name);
            json.WriteString("email"u8, caller.Name);
            json.WriteString("name"u8, caller.Name);
            json.WriteString("login"u8, caller.Name);
            json.WriteString("theme"u8, ""u8);
            json.WriteNumber("orgId"u8, 1);
            json.WriteBoolean("isGrafanaAdmin"u8, caller.Role == Role.Admin);
            json.WriteBoolean("isDisabled"u8, false);
            json.WriteBoolean("isExternal"u8, caller.Kind != CallerKind.User);
            json.WriteString("role"u8, caller.Role.ToString());
            json.WriteEndObject();
        });
    }

    private static Task WriteOrganisationAsync(HttpContext context) => GrafanaAnswer.WriteAsync(context, static json =>
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, 1);
        json.WriteString("name"u8, "Main Org."u8);
        json.WriteEndObject();
    });
}
