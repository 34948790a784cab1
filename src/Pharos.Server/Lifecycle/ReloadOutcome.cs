using Pharos.Config;

namespace Pharos.Server.Lifecycle;

/// <summary>How the last attempt to load the configuration ended.</summary>
/// <param name="Succeeded">Whether what runs is what the files say.</param>
/// <param name="LastSuccess">When the configuration that runs was loaded.</param>
/// <param name="LastAttempt">When it was last tried.</param>
/// <param name="Error">Why the last attempt failed, in the words that were logged; null when it succeeded.</param>
/// <param name="Place">The first thing wrong in the files, when that is why it failed.</param>
internal sealed record ReloadOutcome(bool Succeeded, DateTimeOffset LastSuccess, DateTimeOffset LastAttempt, string? Error, ConfigError? Place);
