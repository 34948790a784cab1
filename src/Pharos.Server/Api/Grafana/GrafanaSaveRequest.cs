using System.Text.Json;
using Pharos.Dashboards;

namespace Pharos.Server.Api.Grafana;

/// <summary>The body of <c>POST /api/dashboards/db</c>.</summary>
/// <param name="Dashboard">As it was sent; owned by the caller.</param>
/// <param name="FolderUid">Null when the request says nothing.</param>
/// <param name="Message">What the author says; may be empty.</param>
/// <param name="Overwrite">Whether the version does not matter.</param>
internal sealed record GrafanaSaveRequest(JsonElement Dashboard, string? FolderUid, string Message, bool Overwrite)
{
    private const int MaxMessage = 2_000;

    /// <summary>The uid of the dashboard; empty for a new one.</summary>
    public string Uid => Text(Dashboard, "uid") ?? "";

    /// <summary>The version that it was made from; 0 without one.</summary>
    public long Version => Dashboard.TryGetProperty("version", out JsonElement version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt64(out long number) ? number : 0;

    /// <exception cref="GrafanaException">It holds no dashboard.</exception>
    /// <exception cref="JsonBodyException">It is too large or no JSON.</exception>
    public static async Task<GrafanaSaveRequest> ReadAsync(HttpContext context)
    {
        using JsonDocument body = await JsonBody.ReadAsync(context, DashboardLimits.MaxBytes).ConfigureAwait(false);
        JsonElement root = body.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("dashboard", out JsonElement dashboard) || dashboard.ValueKind != JsonValueKind.Object)
        {
            throw new GrafanaException(StatusCodes.Status400BadRequest, "bad request data: expected {\"dashboard\": {…}}");
        }

        if (string.IsNullOrWhiteSpace(Text(dashboard, "title")))
        {
            throw new GrafanaException(StatusCodes.Status400BadRequest, "Dashboard title cannot be empty", "empty-name");
        }

        string message = Text(root, "message") ?? "";
        return new GrafanaSaveRequest(
            dashboard.Clone(),
            Text(root, "folderUid"),
            message[..Math.Min(message.Length, MaxMessage)],
            root.TryGetProperty("overwrite", out JsonElement overwrite) && overwrite.ValueKind == JsonValueKind.True);
    }

    private static string? Text(JsonElement map, string name) => map.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
