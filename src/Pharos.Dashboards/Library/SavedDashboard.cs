namespace Pharos.Dashboards.Library;

/// <summary>A dashboard that was saved through the API.</summary>
/// <param name="Uid">Its identity, also of the document.</param>
/// <param name="Json">UTF-8, one JSON object.</param>
/// <param name="FolderUid">Empty for none.</param>
/// <param name="Version">Grows by one with each saving.</param>
/// <param name="Updated">When.</param>
/// <param name="UpdatedBy">Who.</param>
/// <param name="FileHash">Of the file that it replaces while that does not change; empty where there was none.</param>
public sealed record SavedDashboard(string Uid, ReadOnlyMemory<byte> Json, string FolderUid, long Version, DateTimeOffset Updated, string UpdatedBy, string FileHash);
