using System.Text.Json;
using Pharos.Core.Contracts;

namespace Pharos.Dashboards.Library;

/// <summary>Keeps saved dashboards and folders as documents. Thread-safe.</summary>
public sealed class SavedDashboards
{
    private const string Kind = "dashboard";
    private const string FolderKind = "dashboard-folder";

    private readonly IDocumentStore _documents;

    /// <param name="documents">Where they are kept.</param>
    public SavedDashboards(IDocumentStore documents)
    {
        _documents = documents;
    }

    /// <summary>Another number after any of them changed.</summary>
    public async ValueTask<(long Dashboards, long Folders)> GetRevisionAsync(CancellationToken cancellationToken) => (
        await _documents.GetRevisionAsync(Kind, cancellationToken).ConfigureAwait(false),
        await _documents.GetRevisionAsync(FolderKind, cancellationToken).ConfigureAwait(false));

    /// <summary>All of them; what cannot be read is in the errors.</summary>
    public async Task<(IReadOnlyList<SavedDashboard> Dashboards, IReadOnlyList<DashboardFolder> Folders, IReadOnlyList<LibraryError> Errors)> ListAsync(CancellationToken cancellationToken)
    {
        DocumentList dashboards = await _documents.ListAsync(Kind, cancellationToken).ConfigureAwait(false);
        DocumentList folders = await _documents.ListAsync(FolderKind, cancellationToken).ConfigureAwait(false);
        return (
            [.. dashboards.Documents.Select(Read)],
            [.. folders.Documents.Select(static document => new DashboardFolder(document.Id, Text(document.Content, "title"), Provisioned: false, Number(document.Content, "version")))],
            [.. dashboards.Unreadable.Concat(folders.Unreadable).Select(static broken => new LibraryError(broken.Place, broken.Reason))]);
    }

    /// <summary>The saved dashboard, or null.</summary>
    public async Task<(SavedDashboard Dashboard, long DocumentVersion)?> FindAsync(string uid, CancellationToken cancellationToken) =>
        await _documents.ReadAsync(Kind, uid, cancellationToken).ConfigureAwait(false) is { } document ? (Read(document), document.Version) : null;

    /// <summary>Writes a dashboard.</summary>
    /// <param name="dashboard">What to write.</param>
    /// <param name="message">What the author says about the change.</param>
    /// <param name="expected">The version of the document that it replaces, see <see cref="DocumentVersion"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DocumentConflictException">Somebody else was faster.</exception>
    /// <exception cref="DocumentStoreException">It cannot be written.</exception>
    public async Task WriteAsync(SavedDashboard dashboard, string message, long expected, CancellationToken cancellationToken)
    {
        JsonElement content = Element(json =>
        {
            json.WriteString("folderUid", dashboard.FolderUid);
            json.WriteNumber("version", dashboard.Version);
            json.WriteString("updatedBy", dashboard.UpdatedBy);
            json.WriteString("fileHash", dashboard.FileHash);
            json.WriteString("message", message);
            json.WritePropertyName("dashboard");
            json.WriteRawValue(dashboard.Json.Span);
        });
        await _documents.WriteAsync(Kind, dashboard.Uid, content, expected, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a dashboard; false when there was none.</summary>
    public ValueTask<bool> DeleteAsync(string uid, CancellationToken cancellationToken) => _documents.DeleteAsync(Kind, uid, DocumentVersion.Any, cancellationToken);

    /// <summary>Writes a folder.</summary>
    /// <exception cref="DocumentConflictException">There is one already.</exception>
    public async Task WriteFolderAsync(DashboardFolder folder, CancellationToken cancellationToken)
    {
        JsonElement content = Element(json =>
        {
            json.WriteString("title", folder.Title);
            json.WriteNumber("version", folder.Version);
        });
        await _documents.WriteAsync(FolderKind, folder.Uid, content, DocumentVersion.Absent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a folder; false when there was none.</summary>
    public ValueTask<bool> DeleteFolderAsync(string uid, CancellationToken cancellationToken) => _documents.DeleteAsync(FolderKind, uid, DocumentVersion.Any, cancellationToken);

    private static SavedDashboard Read(Document document)
    {
        JsonElement content = document.Content;
        ReadOnlyMemory<byte> json = content.TryGetProperty("dashboard", out JsonElement dashboard) ? JsonSerializer.SerializeToUtf8Bytes(dashboard) : "{}"u8.ToArray();
        return new SavedDashboard(
            document.Id, json, Text(content, "folderUid"), Number(content, "version"), document.Modified, Text(content, "updatedBy"), Text(content, "fileHash"));
    }

    private static JsonElement Element(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement content, string name) =>
        content.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static long Number(JsonElement content, string name) =>
        content.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : 1;
}
