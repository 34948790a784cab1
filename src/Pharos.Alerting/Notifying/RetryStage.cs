using Pharos.Alerting.Alerts;
using Pharos.Alerting.Receivers;
using Pharos.Alerting.Templates;
using Pharos.Core.Contracts;

namespace Pharos.Alerting.Notifying;

/// <summary>
/// Sends the message, again and again with growing pauses until it is taken, refused for good, or the time of the flush is over.
/// </summary>
/// <param name="templates">Expand the labels of routes.</param>
/// <param name="parts">Clock, counters, log.</param>
internal sealed class RetryStage(NotificationTemplates templates, AlertmanagerParts parts) : IDeliveryStage
{
    private const double Growth = 1.5;
    private const double Jitter = 0.5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    // A receiver that asks for more would otherwise switch itself off.
    private static readonly TimeSpan LongestWish = TimeSpan.FromMinutes(10);

    public async ValueTask<IReadOnlyList<StoredAlert>> RunAsync(Delivery delivery, IReadOnlyList<StoredAlert> alerts, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredAlert> told = alerts;
        if (!delivery.Integration.SendResolved)
        {
            if (delivery.Firing.Count == 0)
            {
                // Not sent, and yet logged: the end of what fired is known from here on.
                return alerts;
            }

            told = [.. alerts.Where(alert => delivery.Firing.Contains(alert.Fingerprint))];
        }

        long start = parts.Clock.GetTimestamp();
        IntegrationCounters counter = parts.Counters.Of(delivery.Integration);
        counter.BeginNotification();
        var attempts = new Attempts();
        try
        {
            await SendAsync(delivery, told, attempts, cancellationToken).ConfigureAwait(false);
        }
        catch (NotifyException exception)
        {
            counter.GiveUp(exception.Failure);
            delivery.Message = delivery.Describe(told, Now(), parts.Clock.GetElapsedTime(start), attempts.Count, exception.Message);
            throw;
        }

        delivery.Message = delivery.Describe(told, Now(), parts.Clock.GetElapsedTime(start), attempts.Count, error: "");
        return alerts;
    }

    private long Now() => parts.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task SendAsync(Delivery delivery, IReadOnlyList<StoredAlert> told, Attempts attempts, CancellationToken cancellationToken)
    {
        Alert[] alerts = [.. told.Select(static alert => alert.ToAlert())];
        TimeSpan pause = FirstPause;
        try
        {
            while (true)
            {
                await WaitUntilWantedAsync(delivery.Gate, cancellationToken).ConfigureAwait(false);
                DeliveryResult result = await AttemptAsync(delivery, alerts, attempts, cancellationToken).ConfigureAwait(false);
                if (result.Outcome == DeliveryOutcome.Delivered)
                {
                    return;
                }

                if (result.Outcome == DeliveryOutcome.Failed)
                {
                    throw new NotifyException($"notify retry canceled due to unrecoverable error after {attempts.Count} attempts: {result.Reason}", result.Failure);
                }

                if (result.RetryAfter is { } wanted)
                {
                    delivery.Gate.HoldUntil(Now() + (long)Math.Min(wanted.TotalMilliseconds, LongestWish.TotalMilliseconds));
                }

                delivery.Run.IsRetrying = true;
                delivery.Run.Explanation = $"attempt {attempts.Count} failed, it is tried again: {result.Reason}";
                parts.Log.AttemptFailed(delivery.Key.Receiver, Name(delivery), delivery.Run.GroupKey, attempts.Count, result.Reason);
                await Task.Delay(pause * (1 + (Jitter * ((2 * parts.Jitter()) - 1))), parts.Clock, cancellationToken).ConfigureAwait(false);
                pause = pause * Growth < LongestPause ? pause * Growth : LongestPause;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            string last = attempts.Last.Length > 0 ? $": {attempts.Last}" : "";
            throw new NotifyException($"notify retry canceled after {attempts.Count} attempts: the time of the message is over{last}", DeliveryFailure.DeadlineExceeded);
        }
    }

    private async Task<DeliveryResult> AttemptAsync(Delivery delivery, Alert[] alerts, Attempts attempts, CancellationToken cancellationToken)
    {
        NotifyRun run = delivery.Run;
        var group = new NotificationGroup
        {
            Receiver = delivery.Key.Receiver,
            Key = run.GroupKey,
            Labels = run.GroupLabels,
            Reason = delivery.Reason,
            Now = run.Now,
        };
        group = group with { RouteLabels = templates.ExpandRouteLabels(run.Route.Options.Labels, group, alerts) };
        attempts.Count++;
        long start = parts.Clock.GetTimestamp();
        DeliveryResult result = await delivery.Integration.NotifyAsync(group, alerts, cancellationToken).ConfigureAwait(false);
        parts.Counters.Of(delivery.Integration).Attempt(parts.Clock.GetElapsedTime(start), result.Outcome == DeliveryOutcome.Delivered);
        attempts.Last = result.Reason;
        return result;
    }

    // A receiver that asked for a pause gets it, whichever group comes next.
    private async Task WaitUntilWantedAsync(IntegrationGate gate, CancellationToken cancellationToken)
    {
        for (long wait = gate.NotBefore - Now(); wait > 0; wait = gate.NotBefore - Now())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(wait), parts.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Name(Delivery delivery) => $"{delivery.Key.Integration}[{delivery.Key.Index}]";

    private sealed class Attempts
    {
        public int Count { get; set; }

        public string Last { get; set; } = "";
    }
}
