using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Dashboards.Library;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Reading;
using Pharos.Dashboards.Resolving;
using Pharos.Server.Access;
using Pharos.Server.Dashboards;

namespace Pharos.Server.Api.Grafana;

/// <summary><c>/api/dashboards</c>: one dashboard, saving with a check of its version, deleting.</summary>
internal sealed class GrafanaDashboardEndpoints
{
    private readonly DashboardsPart _dashboards;
    private readonly IJournal _journal;
    private readonly TimeProvider _clock;

    /// <param name="dashboards">The library.</param>
    /// <param name="journal">Is told of every change.</param>
    /// <param name="clock">Says when.</param>
    public GrafanaDashboardEndpoints(DashboardsPart dashboards, IJournal journal, TimeProvider clock)
    {
        _dashboards = dashboards;
        _journal = journal;
        _clock = clock;
    }

    public void Map(IEndpointRouteBuilder reading, IEndpointRouteBuilder editing)
    {
        reading.MapGrafana(HttpMethods.Get, "/api/dashboards/uid/{uid}", WriteOneAsync);
        editing.MapGrafana(HttpMethods.Post, "/api/dashboards/db", SaveAsync);
        editing.MapGrafana(HttpMethods.Delete, "/api/dashboards/uid/{uid}", DeleteAsync);
    }

    private Task WriteOneAsync(HttpContext context)
    {
        DashboardEntry entry = Find(context);
        bool mayEdit = context.GetCaller()?.May(Permissions.Edit) ?? false;
        return GrafanaAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            WriteMeta(json, entry, mayEdit && entry.Editable);
            json.WritePropertyName("dashboard"u8);
            using JsonDocument document = JsonDocument.Parse(entry.Json);
            WriteDashboard(json, document.RootElement, entry);
            json.WriteEndObject();
        });
    }

    // The version is that of the library, wherever the file stands.
    private static void WriteDashboard(Utf8JsonWriter json, JsonElement dashboard, DashboardEntry entry)
    {
        json.WriteStartObject();
        foreach (JsonProperty property in dashboard.EnumerateObject())
        {
            if (property.Name is not ("version" or "uid" or "id"))
            {
                property.WriteTo(json);
            }
        }

        json.WriteNull("id"u8);
        json.WriteString("uid"u8, entry.Dashboard.Uid);
        json.WriteNumber("version"u8, entry.Version);
        json.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter json, DashboardEntry entry, bool canSave)
    {
        string slug = Slug.Of(entry.Dashboard.Title);
        json.WriteStartObject("meta"u8);
        json.WriteString("type"u8, "db"u8);
        json.WriteBoolean("canSave"u8, canSave);
        json.WriteBoolean("canEdit"u8, canSave);
        json.WriteBoolean("canAdmin"u8, canSave);
        json.WriteBoolean("canStar"u8, false);
        json.WriteBoolean("canDelete"u8, canSave && entry.Deletable);
        json.WriteString("slug"u8, slug);
        json.WriteString("url"u8, $"/d/{entry.Dashboard.Uid}/{slug}");
        json.WriteString("created"u8, GrafanaAnswer.Time(entry.Updated));
        json.WriteString("updated"u8, GrafanaAnswer.Time(entry.Updated));
        json.WriteString("updatedBy"u8, entry.UpdatedBy);
        json.WriteString("createdBy"u8, entry.UpdatedBy);
        json.WriteNumber("version"u8, entry.Version);
        json.WriteBoolean("hasAcl"u8, false);
        json.WriteBoolean("isFolder"u8, false);
        json.WriteString("folderUid"u8, entry.FolderUid);
        json.WriteString("folderTitle"u8, entry.FolderUid.Length > 0 ? entry.Folder : "General");
        json.WriteString("folderUrl"u8, entry.FolderUid.Length > 0 ? $"/dashboards/f/{entry.FolderUid}/{Slug.Of(entry.Folder)}" : "");
        json.WriteBoolean("provisioned"u8, entry.Origin is DashboardOrigin.File or DashboardOrigin.Provisioned);
        json.WriteString("provisionedExternalId"u8, entry.File);
        json.WriteEndObject();
    }

    private async Task SaveAsync(HttpContext context)
    {
        GrafanaSaveRequest request = await GrafanaSaveRequest.ReadAsync(context).ConfigureAwait(false);
        await _dashboards.Saving.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        try
        {
            await SaveOneAsync(context, request).ConfigureAwait(false);
        }
        finally
        {
            _dashboards.Saving.Release();
        }
    }

    private async Task SaveOneAsync(HttpContext context, GrafanaSaveRequest request)
    {
        DashboardLibrary library = _dashboards.Library;
        string uid = request.Uid.Length > 0 ? request.Uid : GrafanaFolderEndpoints.NewUid();
        DashboardEntry? known = library.Find(uid);
        Check(request, uid, known, library);

        // Reads all of it, so that what is stored can be shown.
        Dashboard dashboard = DashboardReader.Read(request.Dashboard, library.Datasources);
        (SavedDashboard Dashboard, long DocumentVersion)? before = await _dashboards.Saved.FindAsync(uid, context.RequestAborted).ConfigureAwait(false);
        long version = (known?.Version ?? 0) + 1;
        string by = context.GetCaller()?.Name ?? "";
        string fileHash = known is { File.Length: > 0 } ? before?.Dashboard.FileHash is { Length: > 0 } hash ? hash : LibraryBuilder.HashOf(known.Json.Span) : "";
        var saved = new SavedDashboard(uid, WithIdentity(request.Dashboard, uid, version), request.FolderUid ?? known?.FolderUid ?? "", version, _clock.GetUtcNow(), by, fileHash);
        await _dashboards.Saved.WriteAsync(saved, request.Message, before?.DocumentVersion ?? DocumentVersion.Absent, context.RequestAborted).ConfigureAwait(false);
        await _dashboards.RefreshAsync(context.RequestAborted).ConfigureAwait(false);
        _journal.Record(new JournalEntry(_clock.GetUtcNow().ToUnixTimeMilliseconds(), JournalKind.DashboardSaved, Short(dashboard.Title), request.Message, Labels.Empty, by));
        await WriteSavedAsync(context, saved, dashboard.Title).ConfigureAwait(false);
    }

    // The texts are Grafana's: scripts look at them.
    private static void Check(GrafanaSaveRequest request, string uid, DashboardEntry? known, DashboardLibrary library)
    {
        if (!GrafanaFolderEndpoints.IsUid(uid))
        {
            throw new GrafanaException(StatusCodes.Status400BadRequest, uid.Length > 40 ? "uid too long, max 40 characters" : "uid contains illegal characters");
        }

        if (request.FolderUid is { Length: > 0 } folder && library.FindFolder(folder) is null)
        {
            throw new GrafanaException(StatusCodes.Status400BadRequest, "folder not found");
        }

        if (known is { Editable: false, Origin: not DashboardOrigin.BuiltIn })
        {
            throw new GrafanaException(StatusCodes.Status400BadRequest, "Cannot save provisioned dashboard");
        }

        if (known is not null && !request.Overwrite && known.Origin != DashboardOrigin.BuiltIn && request.Version != known.Version)
        {
            throw new GrafanaException(StatusCodes.Status412PreconditionFailed, "The dashboard has been changed by someone else", "version-mismatch");
        }
    }

    private static Task WriteSavedAsync(HttpContext context, SavedDashboard saved, string title) => GrafanaAnswer.WriteAsync(context, json =>
    {
        string slug = Slug.Of(title);
        json.WriteStartObject();
        json.WriteNumber("id"u8, 0);
        json.WriteString("uid"u8, saved.Uid);
        json.WriteString("url"u8, $"/d/{saved.Uid}/{slug}");
        json.WriteString("slug"u8, slug);
        json.WriteString("status"u8, "success"u8);
        json.WriteNumber("version"u8, saved.Version);
        json.WriteString("folderUid"u8, saved.FolderUid);
        json.WriteEndObject();
    });

    private async Task DeleteAsync(HttpContext context)
    {
        DashboardEntry entry = Find(context);
        if (!entry.Deletable)
        {
            throw new GrafanaException(StatusCodes.Status400BadRequest, "provisioned dashboard cannot be deleted");
        }

        await _dashboards.Saved.DeleteAsync(entry.Dashboard.Uid, context.RequestAborted).ConfigureAwait(false);
        await _dashboards.RefreshAsync(context.RequestAborted).ConfigureAwait(false);
        await GrafanaAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("title"u8, entry.Dashboard.Title);
            json.WriteString("message"u8, $"Dashboard {entry.Dashboard.Title} deleted");
            json.WriteNumber("id"u8, 0);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private DashboardEntry Find(HttpContext context) =>
        _dashboards.Library.Find((string)context.Request.RouteValues["uid"]!) ?? throw new GrafanaException(StatusCodes.Status404NotFound, "Dashboard not found", "not-found");

    private static byte[] WithIdentity(JsonElement dashboard, string uid, long version)
    {
        var tree = new JsonObject();
        foreach (JsonProperty property in dashboard.EnumerateObject())
        {
            tree[property.Name] = JsonNode.Parse(property.Value.GetRawText());
        }

        tree["uid"] = uid;
        tree["version"] = version;
        tree["id"] = null;
        return JsonSerializer.SerializeToUtf8Bytes(tree);
    }

    private static string Short(string title) => title[..Math.Min(title.Length, 512)];
}
