using System.Security.Cryptography;
using System.Text.Json;
using Pharos.Dashboards.Library;
using Pharos.Dashboards.Resolving;
using Pharos.Server.Dashboards;

namespace Pharos.Server.Api.Grafana;

/// <summary><c>/api/folders</c>.</summary>
internal sealed class GrafanaFolderEndpoints(DashboardsPart dashboards)
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxTitle = 200;

    public void Map(IEndpointRouteBuilder reading, IEndpointRouteBuilder editing)
    {
        reading.MapGrafana(HttpMethods.Get, "/api/folders", ListAsync);
        reading.MapGrafana(HttpMethods.Get, "/api/folders/{uid}", context => GrafanaAnswer.WriteAsync(context, json => Write(json, Find(context))));
        editing.MapGrafana(HttpMethods.Post, "/api/folders", CreateAsync);
        editing.MapGrafana(HttpMethods.Delete, "/api/folders/{uid}", DeleteAsync);
    }

    /// <summary>A uid that nothing has.</summary>
    internal static string NewUid() => "p" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(7));

    /// <summary>Whether Grafana would take it.</summary>
    internal static bool IsUid(string uid) => uid.Length <= 40 && uid.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private Task ListAsync(HttpContext context) => GrafanaAnswer.WriteAsync(context, json =>
    {
        json.WriteStartArray();
        foreach (DashboardFolder folder in dashboards.Library.Folders)
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, 0);
            json.WriteString("uid"u8, folder.Uid);
            json.WriteString("title"u8, folder.Title);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private async Task CreateAsync(HttpContext context)
    {
        using JsonDocument body = await JsonBody.ReadAsync(context, MaxBytes).ConfigureAwait(false);
        string title = Text(body.RootElement, "title").Trim();
        string uid = Text(body.RootElement, "uid") is { Length: > 0 } given ? given : NewUid();
        if (title.Length is 0 or > MaxTitle)
        {
            throw new GrafanaException(StatusCodes.Status400BadRequest, title.Length == 0 ? "folder title cannot be empty" : $"folder title must not exceed {MaxTitle} characters");
        }

        if (!IsUid(uid))
        {
            throw new GrafanaException(StatusCodes.Status400BadRequest, "uid contains illegal characters");
        }

        if (dashboards.Library.FindFolder(uid) is not null)
        {
            throw new GrafanaException(StatusCodes.Status409Conflict, "a folder with the same uid already exists");
        }

        var folder = new DashboardFolder(uid, title, Provisioned: false);
        await dashboards.Saved.WriteFolderAsync(folder, context.RequestAborted).ConfigureAwait(false);
        await dashboards.RefreshAsync(context.RequestAborted).ConfigureAwait(false);
        await GrafanaAnswer.WriteAsync(context, json => Write(json, folder)).ConfigureAwait(false);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        DashboardFolder folder = Find(context);
        if (folder.Provisioned)
        {
            throw new GrafanaException(StatusCodes.Status400BadRequest, "the folder is there because files are in it: remove the files");
        }

        // Grafana deletes what is in a folder with it; so it is here, saved dashboards only.
        foreach (DashboardEntry entry in dashboards.Library.Entries.Where(entry => entry.FolderUid == folder.Uid && entry.Origin == DashboardOrigin.Saved))
        {
            await dashboards.Saved.DeleteAsync(entry.Dashboard.Uid, context.RequestAborted).ConfigureAwait(false);
        }

        await dashboards.Saved.DeleteFolderAsync(folder.Uid, context.RequestAborted).ConfigureAwait(false);
        await dashboards.RefreshAsync(context.RequestAborted).ConfigureAwait(false);
        await GrafanaAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, 0);
            json.WriteString("title"u8, folder.Title);
            json.WriteString("message"u8, $"Folder {folder.Title} deleted");
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private DashboardFolder Find(HttpContext context) =>
        dashboards.Library.FindFolder((string)context.Request.RouteValues["uid"]!) ?? throw new GrafanaException(StatusCodes.Status404NotFound, "folder not found", "not-found");

    private static string Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static void Write(Utf8JsonWriter json, DashboardFolder folder)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, 0);
        json.WriteString("uid"u8, folder.Uid);
        json.WriteNumber("orgId"u8, 1);
        json.WriteString("title"u8, folder.Title);
        json.WriteString("url"u8, $"/dashboards/f/{folder.Uid}/{Slug.Of(folder.Title)}");
        json.WriteBoolean("hasAcl"u8, false);
        json.WriteBoolean("canSave"u8, true);
        json.WriteBoolean("canEdit"u8, true);
        json.WriteBoolean("canAdmin"u8, !folder.Provisioned);
        json.WriteNumber("version"u8, folder.Version);
        json.WriteEndObject();
    }
}
