using Pharos.Storage;

namespace Pharos.Server.Lifecycle;

/// <summary>The parts of a configuration that the API shows.</summary>
/// <param name="Yaml">All of it, with its defaults, secrets hidden.</param>
/// <param name="Retention">How much history is kept.</param>
internal sealed record ConfigSummary(string Yaml, RetentionLimits Retention);
