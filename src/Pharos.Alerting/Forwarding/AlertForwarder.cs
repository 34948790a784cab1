using System.Globalization;
using System.Threading.Channels;
using Pharos.Core.Contracts;
using Pharos.Core.Relabeling;
using Pharos.Discovery;

namespace Pharos.Alerting.Forwarding;

/// <summary>
/// Sends alerts to the Alertmanagers outside that are configured and discovered, each by a queue of its own. Thread-safe; <see cref="ApplyAsync"/> by one at a time.
/// </summary>
public sealed class AlertForwarder : IAsyncDisposable
{
    private readonly ForwardingOptions _options;
    private readonly TimeProvider _clock;
    private readonly IForwardingLog _log;
    private readonly DiscoveryManager _discovery;
    private readonly SemaphoreSlim _change = new(1); // one change of sections or targets at a time
    private readonly CancellationTokenSource _shutdown = new();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _follow;
    private volatile IReadOnlyList<AlertmanagerSet> _sets = [];

    /// <summary>Sends to nobody yet.</summary>
    public AlertForwarder(ForwardingOptions options, TimeProvider clock, IForwardingLog log)
    {
        _options = options;
        _clock = clock;
        _log = log;
        _discovery = new DiscoveryManager(clock, _ => _changed.Writer.TryWrite(true), log.DiscoveryFailed);
        _follow = Task.Run(FollowAsync);
    }

    /// <summary>The addresses that are sent to, and those that mean this server itself.</summary>
    public IReadOnlyList<string> Active => [.. _sets.SelectMany(static set => set.Loops.Select(static loop => loop.Url).Concat(set.Own))];

    /// <summary>The addresses that relabelling dropped.</summary>
    public IReadOnlyList<string> Dropped => [.. _sets.SelectMany(static set => set.Dropped)];

    /// <summary>What was sent to whom.</summary>
    public IReadOnlyList<(string Alertmanager, SendCounters Counters)> Counters => [.. _sets.SelectMany(static set => set.Loops).Select(static loop => (loop.Url, loop.Counters))];

    /// <summary>Alerts that wait, over all queues.</summary>
    public int QueueLength => _sets.Sum(static set => set.Loops.Sum(static loop => loop.QueueLength));

    public int QueueCapacity => _options.QueueCapacity;

    /// <summary>The relabelling of the section that names this server itself: it holds for the Alertmanager inside. None where no section does.</summary>
    public IReadOnlyList<RelabelConfig> OwnRelabelConfigs => _sets.FirstOrDefault(static set => set.Own.Count > 0)?.Config.AlertRelabelConfigs ?? [];

    /// <summary>Makes these the Alertmanagers; a section that says the same as before goes on undisturbed.</summary>
    /// <exception cref="NotSupportedException">A section asks for what is not built; nothing has changed.</exception>
    public async Task ApplyAsync(IReadOnlyList<AlertmanagerConfig> configs)
    {
        await _change.WaitAsync().ConfigureAwait(false);
        try
        {
            List<AlertmanagerSet> spare = [.. _sets];
            var next = new List<AlertmanagerSet>();
            for (int i = 0; i < configs.Count; i++)
            {
                string name = "config-" + i.ToString(CultureInfo.InvariantCulture);
                int same = spare.FindIndex(set => set.Name == name && set.Config.Fingerprint.Length > 0 && set.Config.Fingerprint == configs[i].Fingerprint);
                next.Add(same >= 0 ? spare[same] : new AlertmanagerSet(name, configs[i], _options, _clock, _log));
                if (same >= 0)
                {
                    spare.RemoveAt(same);
                }
            }

            await _discovery.ApplyAsync(next.ToDictionary(static set => set.Name, static set => set.Config.Discovery, StringComparer.Ordinal)).ConfigureAwait(false);
            _sets = next;
            await SyncAllAsync().ConfigureAwait(false);
            foreach (AlertmanagerSet gone in spare)
            {
                await gone.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>Puts alerts into every queue. Returns at once.</summary>
    public void Send(IReadOnlyList<Alert> alerts)
    {
        foreach (AlertmanagerSet set in _sets)
        {
            set.Send(alerts);
        }
    }

    /// <summary>Takes no more alerts; with <see cref="ForwardingOptions.DrainOnShutdown"/> sends what waits, within the time.</summary>
    public async Task StopAsync(TimeSpan within)
    {
        if (_options.DrainOnShutdown)
        {
            await Task.WhenAll(_sets.SelectMany(static set => set.Loops).Select(loop => loop.DrainAsync(within))).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_shutdown.IsCancellationRequested)
        {
            return;
        }

        await _shutdown.CancelAsync().ConfigureAwait(false);
        await _follow.ConfigureAwait(false);
        await _discovery.DisposeAsync().ConfigureAwait(false);
        foreach (AlertmanagerSet set in _sets)
        {
            await set.DisposeAsync().ConfigureAwait(false);
        }

        _change.Dispose();
        _shutdown.Dispose();
    }

    private async Task SyncAllAsync()
    {
        foreach (AlertmanagerSet set in _sets)
        {
            await set.SyncAsync(_discovery.GetGroups(set.Name)).ConfigureAwait(false);
        }
    }

    // Follows what is discovered, at most once an interval.
    private async Task FollowAsync()
    {
        try
        {
            while (await _changed.Reader.WaitToReadAsync(_shutdown.Token).ConfigureAwait(false))
            {
                _changed.Reader.TryRead(out _);
                await _change.WaitAsync(_shutdown.Token).ConfigureAwait(false);
                try
                {
                    await SyncAllAsync().ConfigureAwait(false);
                }
                finally
                {
                    _change.Release();
                }

                await Task.Delay(_options.SyncInterval, _clock, _shutdown.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_shutdown.IsCancellationRequested)
        {
            return;
        }
    }
}
