using Pharos.Scrape.Targets;
using Pharos.Server.Api.Ui.Alerts;
using Pharos.Server.Journal;

namespace Pharos.Server.Api.Ui;

/// <summary>What event streams tell, gathered at most once a second however many of them there are. Thread-safe.</summary>
internal sealed class LiveState
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly UiServices _services;
    private readonly FileJournal _journal;

    /// <summary>Guards the last moment and its time.</summary>
    private readonly Lock _lock = new();
    private LiveMoment? _last;
    private long _taken;

    public LiveState(UiServices services, FileJournal journal)
    {
        _services = services;
        _journal = journal;
    }

    public LiveMoment Take()
    {
        lock (_lock)
        {
            if (_last is null || _services.Clock.GetElapsedTime(_taken) >= Fresh)
            {
                _taken = _services.Clock.GetTimestamp();
                _last = Gather();
            }

            return _last;
        }
    }

    private LiveMoment Gather()
    {
        int firing = 0;
        int pending = 0;
        int silenced = 0;
        foreach (UiAlert alert in _services.Alerts())
        {
            switch (alert.State)
            {
                case UiAlertState.Silenced:
                    silenced++;
                    break;
                case UiAlertState.Firing:
                    firing++;
                    break;
                case UiAlertState.Pending:
                    pending++;
                    break;
            }
        }

        IReadOnlyList<ScrapePoolView> pools = _services.Pools();
        int total = pools.Sum(static pool => pool.Active.Count);
        int up = pools.Sum(static pool => pool.Active.Count(static target => target.Health == TargetHealth.Up));
        return new LiveMoment(firing, pending, silenced, _services.Messages.LastTime, up, total, _journal.Added, _journal.LastTime, _services.Reload.Current.Succeeded);
    }
}
