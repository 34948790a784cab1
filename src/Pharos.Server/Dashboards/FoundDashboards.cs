using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Library;

namespace Pharos.Server.Dashboards;

/// <summary>What the files say; the same object as long as nothing changes.</summary>
/// <param name="Datasources">Those of provisioning files, and the built-in one.</param>
/// <param name="Dashboards">In the order of their finding: of two with one uid the first counts.</param>
/// <param name="Errors">What cannot be used.</param>
internal sealed record FoundDashboards(DatasourceDirectory Datasources, IReadOnlyList<DashboardFile> Dashboards, IReadOnlyList<LibraryError> Errors);
