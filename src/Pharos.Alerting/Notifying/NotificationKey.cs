namespace Pharos.Alerting.Notifying;

/// <summary>Whom a group of alerts was told: one integration of one receiver.</summary>
/// <param name="GroupKey">The group: its route and its labels.</param>
/// <param name="Receiver">The receiver's name.</param>
/// <param name="Integration">The kind of integration, as <c>slack</c>.</param>
/// <param name="Index">Which of the receiver's integrations of this kind.</param>
public readonly record struct NotificationKey(string GroupKey, string Receiver, string Integration, int Index);
