using Pharos.Core.Labels;
using Pharos.Rules.Evaluation;
using Pharos.Rules.Files;
using Pharos.Rules.Statistics;
using Pharos.Rules.Views;

namespace Pharos.Rules;

/// <summary>Evaluates rules: owns the groups, follows the configuration, and says how all of it does. Thread-safe.</summary>
public sealed class RuleManager : IAsyncDisposable
{
    private readonly RuleManagerOptions _options;
    private readonly SemaphoreSlim _change = new(1); // one change of groups at a time
    private readonly CancellationTokenSource _shutdown = new();
    private readonly List<Task> _endings = []; // of groups that are gone; guarded by _change
    private volatile IReadOnlyList<RuleGroup> _groups = [];
    private volatile RuleEnvironment _environment = new(Labels.Empty, new Uri("http://localhost"), TimeSpan.Zero);
    private bool _wasApplied;

    /// <summary>A manager without rules.</summary>
    public RuleManager(RuleManagerOptions options)
    {
        _options = options;
        Statistics = new RuleStatistics(options.Time);
    }

    /// <summary>How long evaluations take.</summary>
    public RuleStatistics Statistics { get; }

    /// <summary>
    /// Makes these the rules. A group that says the same as before goes on undisturbed; one that changed ends its rule under way and goes on with the state
    /// of the rules that it still has; one that is gone ends, and its series are marked stale two intervals later. With the first call alerts go on where
    /// they were before a restart. Does nothing once disposed.
    /// </summary>
    public async Task ApplyAsync(RuleSet rules)
    {
        await _change.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_shutdown.IsCancellationRequested)
            {
                return;
            }

            _environment = new RuleEnvironment(rules.ExternalLabels, WithoutSlash(rules.ExternalUrl), rules.QueryOffset);
            Dictionary<(string, string), RuleGroup> former = _groups.ToDictionary(static g => (g.File, g.Name));
            var replacements = new List<Task<RuleGroup>>();
            foreach (RuleFile file in rules.Files)
            {
                foreach (RuleGroupConfig config in file.Groups)
                {
                    former.Remove((file.Path, config.Name), out RuleGroup? old);
                    replacements.Add(ReplaceAsync(old, file.Path, config, config.Interval ?? rules.EvaluationInterval));
                }
            }

            RuleGroup[] groups = await Task.WhenAll(replacements).ConfigureAwait(false);
            Array.Sort(groups, static (x, y) => Utf8Ordinal.Compare(x.File, y.File) is int order and not 0 ? order : Utf8Ordinal.Compare(x.Name, y.Name));
            _groups = groups;
            _wasApplied = true;
            _endings.RemoveAll(static e => e.IsCompleted);
            _endings.AddRange(former.Values.Select(EndAsync));
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>Every group at this moment, by file and name, with its rules and their alerts.</summary>
    public IReadOnlyList<RuleGroupView> GetGroups() => [.. _groups.Select(static g => g.View())];

    /// <summary>What every group did so far, by file and name.</summary>
    public IReadOnlyList<RuleGroupStatistics> GetGroupStatistics() => [.. _groups.Select(static g => g.GetStatistics())];

    /// <summary>
    /// Stops all evaluation; what is under way is given up. Afterwards nothing is sent or stored any more, and nothing was marked stale: a restart goes on
    /// where this ends.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_shutdown.IsCancellationRequested)
        {
            return;
        }

        await _shutdown.CancelAsync().ConfigureAwait(false);
        await _change.WaitAsync().ConfigureAwait(false);
        await Task.WhenAll(_groups.Select(static g => g.StopAsync()).Concat(_endings)).ConfigureAwait(false);
        foreach (RuleGroup group in _groups)
        {
            group.Dispose();
        }

        _change.Release();
    }

    private static Uri WithoutSlash(Uri url) => new(url.OriginalString.TrimEnd('/'), UriKind.Absolute);

    private async Task<RuleGroup> ReplaceAsync(RuleGroup? old, string file, RuleGroupConfig config, TimeSpan interval)
    {
        var group = new RuleGroup(file, config, interval, _options, () => _environment, Statistics);
        if (old is not null && old.Fingerprint == group.Fingerprint)
        {
            group.Dispose();
            old.Move(config);
            return old;
        }

        if (old is not null)
        {
            await old.StopAsync().ConfigureAwait(false);
            group.TakeState(old);
            old.Dispose();
        }
        else if (!_wasApplied)
        {
            group.RestoreAlerts();
        }

        group.Start(_shutdown.Token);
        return group;
    }

    private async Task EndAsync(RuleGroup group)
    {
        try
        {
            await group.StopAsync().ConfigureAwait(false);
            await group.EndAsync(_shutdown.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_shutdown.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            group.Dispose();
        }
    }
}
