namespace Pharos.Server.Api.Ui;

/// <summary>A job as a service. Immutable.</summary>
/// <param name="Name">The job.</param>
/// <param name="Up">Targets that are up.</param>
/// <param name="Total">All targets.</param>
/// <param name="Requests">A second; null when it counts none.</param>
/// <param name="Errors">The share of requests that failed, from 0 to 1; null when requests tell no status.</param>
/// <param name="P95">In seconds; null when it measures no times.</param>
/// <param name="Ribbon">What state it was in, without gaps.</param>
internal sealed record ServiceRow(string Name, int Up, int Total, double? Requests, double? Errors, double? P95, IReadOnlyList<(long From, long To, string State)> Ribbon);
