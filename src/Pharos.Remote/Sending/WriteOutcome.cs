namespace Pharos.Remote.Sending;

/// <summary>How one attempt went.</summary>
/// <param name="Stats">What the receiver wrote.</param>
/// <param name="Error">What went wrong; null when nothing did.</param>
/// <param name="IsRecoverable">Whether the same request may succeed later.</param>
/// <param name="RetryAfter">How long the receiver asks to wait; zero when it does not.</param>
internal readonly record struct WriteOutcome(WriteStats Stats, string? Error, bool IsRecoverable, TimeSpan RetryAfter);
