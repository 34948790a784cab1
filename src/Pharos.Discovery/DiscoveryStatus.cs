namespace Pharos.Discovery;

/// <summary>How one way of discovery does, at one moment.</summary>
/// <param name="Mechanism">Upstream's name of it, as <c>file</c>.</param>
/// <param name="NotAvailable">Why this version cannot run it; null when it can.</param>
/// <param name="Error">Why the last attempt failed; null when it went well. What was found before is kept.</param>
/// <param name="Groups">Target groups it has found.</param>
/// <param name="Targets">Targets in them.</param>
public sealed record DiscoveryStatus(string Mechanism, string? NotAvailable, string? Error, int Groups, int Targets);
