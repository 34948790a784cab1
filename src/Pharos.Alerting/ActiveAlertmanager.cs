using Pharos.Alerting.Alerts;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Dispatching;
using Pharos.Alerting.Inhibition;
using Pharos.Alerting.Notifying;
using Pharos.Alerting.Receivers;
using Pharos.Alerting.Routing;

namespace Pharos.Alerting;

/// <summary>A configuration at work: replaced whole by a reload.</summary>
public sealed class ActiveAlertmanager
{
    private readonly Dispatcher _dispatcher;
    private readonly NotifyPipeline _pipeline;

    internal ActiveAlertmanager(AlertmanagerFile file, Route root, IReadOnlyList<Receiver> receivers, Inhibitor inhibitor, Dispatcher dispatcher, NotifyPipeline pipeline)
    {
        File = file;
        Root = root;
        Receivers = receivers;
        Inhibitor = inhibitor;
        _dispatcher = dispatcher;
        _pipeline = pipeline;
    }

    public AlertmanagerFile File { get; }

    public Route Root { get; }

    public IReadOnlyList<Receiver> Receivers { get; }

    public Inhibitor Inhibitor { get; }

    /// <summary>How many groups there are.</summary>
    public int GroupCount => _dispatcher.GroupCount;

    /// <summary>Whether any receiver is being told now.</summary>
    public bool IsFlushing => _dispatcher.IsFlushing;

    /// <summary>All groups with alerts, in no order.</summary>
    public IReadOnlyList<GroupView> GetGroups() => _dispatcher.GetGroups();

    /// <summary>The time intervals because of which a route is mute at a moment; none when it is not.</summary>
    public IReadOnlyList<string> MutedBy(Route route, long now) => TimeIntervalStage.MutedBy(File.TimeIntervals, route.Options, now);

    internal void Take(StoredAlert alert)
    {
        Inhibitor.Observe(alert.ToAlert());
        _dispatcher.Dispatch(alert);
    }

    internal Task StopAsync(TimeSpan grace) => _dispatcher.StopAsync(grace);

    /// <summary>After <see cref="StopAsync"/>: closes the receivers' connections.</summary>
    internal void Close()
    {
        _dispatcher.Dispose();
        _pipeline.Dispose();
        foreach (Receiver receiver in Receivers)
        {
            receiver.Dispose();
        }
    }
}
