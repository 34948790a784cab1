namespace Pharos.Alerting.Notifying;

/// <summary>What an integration was last told about a group. Immutable.</summary>
/// <param name="Key">Whom.</param>
/// <param name="Time">When, in milliseconds since the Unix epoch.</param>
/// <param name="ExpiresAt">When it may be forgotten.</param>
/// <param name="Firing">Fingerprints of the alerts that fired.</param>
/// <param name="Resolved">Fingerprints of those that had ended.</param>
public sealed record NotificationEntry(NotificationKey Key, long Time, long ExpiresAt, IReadOnlySet<ulong> Firing, IReadOnlySet<ulong> Resolved);
