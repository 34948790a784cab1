using System.Globalization;
using System.Text.Json;
using Pharos.Dashboards.Library;
using Pharos.Dashboards.Resolving;
using Pharos.Server.Dashboards;

namespace Pharos.Server.Api.Grafana;

/// <summary><c>/api/search</c>: dashboards and folders by words, tags and folders.</summary>
internal sealed class GrafanaSearchEndpoint(DashboardsPart dashboards)
{
    private const int DefaultLimit = 1_000;
    private const int MaxLimit = 5_000;

    public void Map(IEndpointRouteBuilder reading) => reading.MapGrafana(HttpMethods.Get, "/api/search", SearchAsync);

    private Task SearchAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        string words = query["query"].ToString();
        string type = query["type"].ToString();
        string[] tags = [.. query["tag"].OfType<string>()];
        string[] folders = [.. query["folderUIDs"].Concat(query["folderUids"]).OfType<string>().SelectMany(static text => text.Split(','))];
        string[] uids = [.. query["dashboardUIDs"].Concat(query["dashboardUid"]).OfType<string>()];
        int limit = Number(query["limit"].ToString(), DefaultLimit, MaxLimit);
        int page = Number(query["page"].ToString(), 1, int.MaxValue / MaxLimit);
        DashboardLibrary library = dashboards.Library;
        IEnumerable<DashboardFolder> foundFolders = type == "dash-db" || tags.Length > 0 || folders.Length > 0 || uids.Length > 0
            ? []
            : library.Folders.Where(folder => Matches(folder.Title, words));
        IEnumerable<DashboardEntry> found = type == "dash-folder" ? [] : library.Entries.Where(entry =>
            Matches(entry.Dashboard.Title, words)
            && Array.TrueForAll(tags, tag => entry.Dashboard.Tags.Contains(tag, StringComparer.Ordinal))
            && (folders.Length == 0 || folders.Contains(entry.FolderUid.Length > 0 ? entry.FolderUid : "general", StringComparer.Ordinal))
            && (uids.Length == 0 || uids.Contains(entry.Dashboard.Uid, StringComparer.Ordinal)));
        List<Action<Utf8JsonWriter>> hits =
        [
            .. foundFolders.Select(static folder => (Action<Utf8JsonWriter>)(json => Write(json, folder))),
            .. found.Select(entry => (Action<Utf8JsonWriter>)(json => Write(json, entry))),
        ];
        return GrafanaAnswer.WriteAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (Action<Utf8JsonWriter> write in hits.Skip((page - 1) * limit).Take(limit))
            {
                write(json);
            }

            json.WriteEndArray();
        });
    }

    private static bool Matches(string title, string words) => title.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static int Number(string text, int absent, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? Math.Min(number, most) : absent;

    private static void Write(Utf8JsonWriter json, DashboardFolder folder)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, 0);
        json.WriteString("uid"u8, folder.Uid);
        json.WriteString("title"u8, folder.Title);
        json.WriteString("uri"u8, $"db/{Slug.Of(folder.Title)}");
        json.WriteString("url"u8, $"/dashboards/f/{folder.Uid}/{Slug.Of(folder.Title)}");
        json.WriteString("slug"u8, ""u8);
        json.WriteString("type"u8, "dash-folder"u8);
        json.WriteStartArray("tags"u8);
        json.WriteEndArray();
        json.WriteBoolean("isStarred"u8, false);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DashboardEntry entry)
    {
        string slug = Slug.Of(entry.Dashboard.Title);
        json.WriteStartObject();
        json.WriteNumber("id"u8, 0);
        json.WriteString("uid"u8, entry.Dashboard.Uid);
        json.WriteString("title"u8, entry.Dashboard.Title);
        json.WriteString("uri"u8, $"db/{slug}");
        json.WriteString("url"u8, $"/d/{entry.Dashboard.Uid}/{slug}");
        json.WriteString("slug"u8, ""u8);
        json.WriteString("type"u8, "dash-db"u8);
        json.WriteStartArray("tags"u8);
        foreach (string tag in entry.Dashboard.Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteBoolean("isStarred"u8, false);
        if (entry.FolderUid.Length > 0)
        {
            json.WriteString("folderUid"u8, entry.FolderUid);
            json.WriteString("folderTitle"u8, entry.Folder);
            json.WriteString("folderUrl"u8, $"/dashboards/f/{entry.FolderUid}/{Slug.Of(entry.Folder)}");
        }

        json.WriteEndObject();
    }
}
