namespace Pharos.Server.Lifecycle;

/// <summary>The parts of a configuration that the API shows.</summary>
/// <param name="Yaml">All of it, with its defaults, secrets hidden.</param>
/// <param name="Retention">How long samples are kept; zero for ever.</param>
internal sealed record ConfigSummary(string Yaml, TimeSpan Retention);
