using Pharos.Alerting.Notifying;

namespace Pharos.Server.Api.Ui;

/// <summary>What the Alertmanager inside told; nothing while it is not open.</summary>
internal sealed class MessageLog(Func<Alerting.Alertmanager?> alertmanager) : IMessageLog
{
    private const int MaxMessages = 1000;

    public int ReceiverCount => alertmanager()?.Current.Receivers.Count(static receiver => receiver.Integrations.Count > 0) ?? 0;

    public long LastTime => alertmanager()?.Notifications.Sent.Newest(1) is [var message] ? message.Time : 0;

    public (string Receiver, long Time, bool Ok)? LastOf(ulong fingerprint) =>
        alertmanager()?.Notifications.Sent.Of(fingerprint, 1) is [var message] ? (message.Key.Receiver, message.Time, message.IsDelivered) : null;

    public IReadOnlyList<(string Receiver, long Since, string Error)> FailingReceivers()
    {
        if (alertmanager() is not { } open)
        {
            return [];
        }

        HashSet<string> configured = [.. open.Current.Receivers.Select(static receiver => receiver.Name)];
        var seen = new HashSet<(string, string, int)>();
        var failing = new List<(string, long, string)>();
        foreach (SentMessage message in open.Notifications.Sent.Newest(MaxMessages))
        {
            NotificationKey key = message.Key;
            if (seen.Add((key.Receiver, key.Integration, key.Index)) && !message.IsDelivered && configured.Contains(key.Receiver))
            {
                failing.Add((key.Receiver, message.Time, message.Error));
            }
        }

        return failing;
    }
}
