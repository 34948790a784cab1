namespace Pharos.Server.Lifecycle;

/// <summary>How the last attempt to load the configuration ended.</summary>
/// <param name="Succeeded">Whether what runs is what the files say.</param>
/// <param name="LastSuccess">When the configuration that runs was loaded.</param>
/// <param name="Error">Why the last attempt failed, in the words that were logged; null when it succeeded.</param>
internal sealed record ReloadOutcome(bool Succeeded, DateTimeOffset LastSuccess, string? Error);
