namespace Pharos.Dashboards.Library;

/// <summary>A folder of dashboards.</summary>
/// <param name="Uid">Unique.</param>
/// <param name="Title">For people.</param>
/// <param name="Provisioned">Whether it is there because files are in it.</param>
/// <param name="Version">Grows with each change; 1 for provisioned ones.</param>
public sealed record DashboardFolder(string Uid, string Title, bool Provisioned, long Version = 1);
