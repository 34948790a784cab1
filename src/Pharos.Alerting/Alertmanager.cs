using Pharos.Alerting.Alerts;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Dispatching;
using Pharos.Alerting.Inhibition;
using Pharos.Alerting.Notifying;
using Pharos.Alerting.Receivers;
using Pharos.Alerting.Routing;
using Pharos.Alerting.Silencing;
using Pharos.Alerting.Templates;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Alerting;

/// <summary>
/// The Alertmanager inside: takes alerts, groups them, and tells receivers what they do not know yet. Works from the start by
/// <see cref="AlertmanagerFile.BuiltIn"/>, with no receiver that tells anybody. Thread-safe; <see cref="ApplyAsync"/> by one at a time.
/// </summary>
public sealed class Alertmanager : IAlertSink, IAsyncDisposable
{
    private const int FileMaintenanceEvery = 15;
    private static readonly TimeSpan MaintenanceInterval = TimeSpan.FromMinutes(1);

    private readonly AlertmanagerRunOptions _options;
    private readonly AlertmanagerParts _parts;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _maintenance;
    private volatile ActiveAlertmanager _current;

    private Alertmanager(AlertmanagerRunOptions options, AlertmanagerParts parts, SilenceStore silences, NotificationLog notifications)
    {
        _options = options;
        _parts = parts;
        Silences = silences;
        Notifications = notifications;
        Alerts = new AlertStore(parts.Clock, options.Alerts);
        _current = Activate(AlertmanagerFile.BuiltIn, [.. AlertmanagerFile.BuiltIn.Receivers.Select(static receiver => new Receiver(receiver.Name, receiver.Labels, []))], NotificationTemplates.Load([], ""));
        Alerts.Follow(_current.Take);
        _maintenance = MaintainAsync();
    }

    public AlertStore Alerts { get; }

    public SilenceStore Silences { get; }

    public NotificationLog Notifications { get; }

    public AlertmanagerCounters Counters => _parts.Counters;

    /// <summary>The configuration at work.</summary>
    public ActiveAlertmanager Current => _current;

    private long Now => _parts.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Reads silences and the notification log.</summary>
    /// <exception cref="IOException">The folder or a file in it cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be used.</exception>
    public static Alertmanager Open(AlertmanagerRunOptions options, AlertmanagerParts parts)
    {
        string silencesFile = Path.Combine(options.Folder, "silences");
        SilenceStore silences = SilenceStore.Open(silencesFile, parts.Clock, options.Silences, parts.Journal, out long cutBytes);
        SayCut(parts, silencesFile, cutBytes);
        try
        {
            string logFile = Path.Combine(options.Folder, "nflog");
            NotificationLog notifications = NotificationLog.Open(logFile, parts.Clock, options.Retention, out cutBytes);
            SayCut(parts, logFile, cutBytes);
            return new Alertmanager(options, parts, silences, notifications);
        }
        catch
        {
            silences.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes the configuration up. Messages under way may end; one that is given up after the grace may be sent again. Alerts, silences and what receivers know stay.
    /// </summary>
    /// <param name="file">Checked.</param>
    /// <param name="receivers">Made from it; owned from here on.</param>
    /// <param name="templates">Of the file; expand the labels of routes.</param>
    public async Task ApplyAsync(AlertmanagerFile file, IReadOnlyList<Receiver> receivers, NotificationTemplates templates)
    {
        ActiveAlertmanager former = _current;
        await former.StopAsync(_options.StopGrace).ConfigureAwait(false);
        ActiveAlertmanager next = Activate(file, receivers, templates);
        _current = next;
        Alerts.Follow(next.Take);
        former.Close();
    }

    /// <summary>Takes alerts; those that are not valid are left out, and why is answered, one text each.</summary>
    /// <exception cref="AlertStoreFullException">There was no room for some of the valid ones.</exception>
    public IReadOnlyList<string> Post(IReadOnlyList<Alert> alerts)
    {
        long now = Now;
        long timeout = now + (long)_current.File.Global.ResolveTimeout.TotalMilliseconds;
        var errors = new List<string>();
        var valid = new List<StoredAlert>(alerts.Count);
        foreach (Alert alert in alerts)
        {
            bool isTimeout = alert.EndsAt == 0;
            long startsAt = alert.StartsAt != 0 ? alert.StartsAt : isTimeout ? now : alert.EndsAt;
            Alert timed = alert with { StartsAt = startsAt, EndsAt = isTimeout ? timeout : alert.EndsAt };
            _parts.Counters.Received(timed.EndsAt <= now);
            if (AlertRules.Check(timed) is { } error)
            {
                errors.Add(error);
            }
            else
            {
                valid.Add(new StoredAlert(timed.Labels, timed.Annotations, timed.StartsAt, timed.EndsAt, now, isTimeout, timed.GeneratorUrl));
            }
        }

        _parts.Counters.AddInvalid(errors.Count);
        int refused = valid.Count == 0 ? 0 : Alerts.Put(valid);
        if (refused > 0)
        {
            string reason = $"there are {_options.Alerts.MaxAlerts} alerts, the most that are kept";
            _parts.Log.AlertsDropped(refused, reason);
            throw new AlertStoreFullException($"{refused} alerts were dropped: {reason}");
        }

        return errors;
    }

    /// <inheritdoc/>
    public void Send(IReadOnlyList<Alert> alerts)
    {
        try
        {
            IReadOnlyList<string> errors = Post(alerts);
            if (errors.Count > 0)
            {
                _parts.Log.AlertsDropped(errors.Count, errors[0]);
            }
        }
        catch (AlertStoreFullException)
        {
            // Counted and logged where it was found.
            return;
        }
    }

    /// <summary>Whether an alert with these labels is told now.</summary>
    public AlertStatus StatusOf(Labels labels) =>
        new([.. Silences.FindMuting(labels).Select(static silence => silence.Id)], _current.Inhibitor.InhibitedBy(labels, Now));

    /// <summary>Stops, closes the files. Messages under way have the grace to end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _maintenance.ConfigureAwait(false);
        Alerts.Follow(null);
        await _current.StopAsync(_options.StopGrace).ConfigureAwait(false);
        _current.Close();
        Silences.Dispose();
        Notifications.Dispose();
        _stop.Dispose();
    }

    private static void SayCut(AlertmanagerParts parts, string file, long bytes)
    {
        if (bytes > 0)
        {
            parts.Log.TailCut(file, bytes);
        }
    }

    private ActiveAlertmanager Activate(AlertmanagerFile file, IReadOnlyList<Receiver> receivers, NotificationTemplates templates)
    {
        foreach (IIntegration integration in receivers.SelectMany(static receiver => receiver.Integrations))
        {
            _ = _parts.Counters.Of(integration);
        }

        var root = Route.Build(file.Route);
        var inhibitor = new Inhibitor(file.InhibitRules);
        var pipeline = new NotifyPipeline(receivers, templates, inhibitor, file.TimeIntervals, Silences, Notifications, _parts);
        var dispatcher = new Dispatcher(root, pipeline, _parts);
        return new ActiveAlertmanager(file, root, receivers, inhibitor, dispatcher, pipeline);
    }

    private async Task MaintainAsync()
    {
        using var timer = new PeriodicTimer(MaintenanceInterval, _parts.Clock);
        try
        {
            for (int i = 1; await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false); i++)
            {
                Alerts.Collect();
                _current.Inhibitor.Collect(Now);
                if (i % FileMaintenanceEvery == 0)
                {
                    await MaintainFilesAsync().ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task MaintainFilesAsync()
    {
        try
        {
            await Silences.CollectAsync(_stop.Token).ConfigureAwait(false);
            await Notifications.CollectAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _parts.Log.WriteFailed("rewriting silences or the notification log", exception.Message);
        }
    }
}
