using System.Collections.Frozen;
using Pharos.Alerting.Alerts;
using Pharos.Alerting.Inhibition;
using Pharos.Alerting.Receivers;
using Pharos.Alerting.Silencing;
using Pharos.Alerting.Templates;
using Pharos.Alerting.TimeIntervals;
using Pharos.Core.Contracts;

namespace Pharos.Alerting.Notifying;

/// <summary>
/// All the steps between a group that is flushed and the receivers' answers, in one list. One for each configuration; callable from any thread.
/// </summary>
internal sealed class NotifyPipeline : IDisposable
{
    private readonly IGroupStage[] _groupStages;
    private readonly IDeliveryStage[] _deliveryStages;
    private readonly FrozenDictionary<string, Receiver> _receivers;
    private readonly FrozenDictionary<IIntegration, IntegrationGate> _gates;
    private readonly NotificationLog _log;
    private readonly AlertmanagerParts _parts;

    public NotifyPipeline(
        IReadOnlyList<Receiver> receivers,
        NotificationTemplates templates,
        Inhibitor inhibitor,
        TimeIntervalTable intervals,
        SilenceStore silences,
        NotificationLog log,
        AlertmanagerParts parts)
    {
        _groupStages =
        [
            new InhibitStage(inhibitor, parts.Counters),
            new TimeIntervalStage(intervals, parts.Counters),
            new SilenceStage(silences, parts.Counters),
        ];
        _deliveryStages =
        [
            new DedupStage(log),
            new WaitStage(),
            new RetryStage(templates, parts),
            new RecordStage(log, parts.Log),
        ];
        _receivers = receivers.ToFrozenDictionary(static receiver => receiver.Name, StringComparer.Ordinal);
        _gates = receivers.SelectMany(static receiver => receiver.Integrations).ToFrozenDictionary(static integration => integration, static _ => new IntegrationGate());
        _log = log;
        _parts = parts;
    }

    /// <summary>
    /// Tells the group's receiver what it does not know yet. True when nothing of it has to be tried again: told, known already, or left out on purpose.
    /// </summary>
    /// <param name="run">The flush.</param>
    /// <param name="alerts">The group's alerts in the order in which they are told.</param>
    /// <param name="deadline">Ends the flush.</param>
    /// <param name="stop">Cancelled when the pipeline is taken out of service; what is given up then is no failure of the receiver.</param>
    public async Task<bool> RunAsync(NotifyRun run, IReadOnlyList<StoredAlert> alerts, CancellationToken deadline, CancellationToken stop)
    {
        foreach (IGroupStage stage in _groupStages)
        {
            alerts = stage.Filter(run, alerts);
            if (alerts.Count == 0)
            {
                return true;
            }
        }

        if (!_receivers.TryGetValue(run.Route.Options.Receiver, out Receiver? receiver) || receiver.Integrations.Count == 0)
        {
            run.Explanation = "the receiver has no integration";
            return true;
        }

        bool[] results = await Task.WhenAll(receiver.Integrations.Select(integration => DeliverAsync(run, integration, alerts, deadline, stop))).ConfigureAwait(false);
        return Array.TrueForAll(results, static isDone => isDone);
    }

    public void Dispose()
    {
        foreach (IntegrationGate gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    private async Task<bool> DeliverAsync(NotifyRun run, IIntegration integration, IReadOnlyList<StoredAlert> alerts, CancellationToken deadline, CancellationToken stop)
    {
        using var delivery = new Delivery(run, integration, _gates[integration]);
        try
        {
            foreach (IDeliveryStage stage in _deliveryStages)
            {
                alerts = await stage.RunAsync(delivery, alerts, deadline).ConfigureAwait(false);
                if (alerts.Count == 0)
                {
                    return true;
                }
            }
        }
        catch (NotifyException exception) when (!stop.IsCancellationRequested)
        {
            GiveUp(delivery, alerts, exception);
            return false;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            _parts.Counters.Of(integration).GiveUp(DeliveryFailure.DeadlineExceeded);
            GiveUp(delivery, alerts, new NotifyException("the time of the message was over before the receiver had room for it", DeliveryFailure.DeadlineExceeded));
            return false;
        }
        catch (Exception exception) when (exception is NotifyException or OperationCanceledException)
        {
            return false;
        }

        if (delivery.Message is { } message)
        {
            run.Explanation = "";
            Record(JournalKind.NotificationSent, message, integration, alerts.Count == 1 ? "1 alert" : $"{message.AlertCount} alerts");
        }

        return true;
    }

    private void GiveUp(Delivery delivery, IReadOnlyList<StoredAlert> alerts, NotifyException exception)
    {
        SentMessage message = delivery.Message
            ?? delivery.Describe(alerts, _parts.Clock.GetUtcNow().ToUnixTimeMilliseconds(), TimeSpan.Zero, attempts: 0, exception.Message);
        _log.Sent.Add(message);
        delivery.Run.Explanation = exception.Message;
        _parts.Log.NotificationFailed(message.Key.Receiver, $"{message.Key.Integration}[{message.Key.Index}]", message.Key.GroupKey, message.Attempts, exception.Message);
        Record(JournalKind.NotificationFailed, message, delivery.Integration, exception.Message);
    }

    private void Record(JournalKind kind, SentMessage message, IIntegration integration, string detail)
    {
        const int MaxSubject = 512;
        const int MaxDetail = 2000;
        string name = message.GroupLabels["alertname"] is { Length: > 0 } group ? group : message.Alerts[0].Labels["alertname"];
        string where = integration.Channel.Length > 0 ? $"{message.Key.Integration} {integration.Channel}" : message.Key.Integration;
        string text = $"{message.Key.Receiver} ({where}): {(message.IsResolved ? "resolved, " : "")}{detail}";
        _parts.Journal.Record(new JournalEntry(message.Time, kind, Cut(name, MaxSubject), Cut(text, MaxDetail), message.GroupLabels));
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
