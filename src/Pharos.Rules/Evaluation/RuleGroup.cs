using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.PromQL;
using Pharos.Rules.Files;
using Pharos.Rules.Statistics;
using Pharos.Rules.Views;

namespace Pharos.Rules.Evaluation;

/// <summary>
/// Evaluates the rules of one group at its moments, one rule after another. A group that takes longer than its interval lets moments pass.
/// Started once, stopped once, then ended or left alone.
/// </summary>
internal sealed class RuleGroup : IDisposable
{
    private readonly RuleManagerOptions _options;
    private readonly RuleStatistics _statistics;
    private readonly Func<RuleEnvironment> _environment;
    private readonly GroupSchedule _schedule;
    private readonly RuleAppender _appender;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<Labels, SeriesRef>[] _series; // what each rule gave at its last evaluation
    private Dictionary<Labels, SeriesRef> _orphans = []; // what rules gave that are gone: to be marked stale
    private volatile RuleGroupConfig _config;
    private volatile GroupRun _last = GroupRun.None;
    private GroupCounters _counters = new();
    private bool _mustRestore;
    private Task _run = Task.CompletedTask;

    /// <param name="file">The path of its file.</param>
    /// <param name="config">The group as its file has it.</param>
    /// <param name="interval">Its own, or the one that it inherits.</param>
    /// <param name="options">What it works with.</param>
    /// <param name="environment">What all rules share now.</param>
    /// <param name="statistics">Takes how long evaluations take.</param>
    public RuleGroup(
        string file, RuleGroupConfig config, TimeSpan interval, RuleManagerOptions options, Func<RuleEnvironment> environment, RuleStatistics statistics)
    {
        File = file;
        Fingerprint = GroupFingerprint.Of(config, interval);
        _config = config;
        _options = options;
        _environment = environment;
        _statistics = statistics;
        _schedule = new GroupSchedule(file, config.Name, interval);
        _appender = new RuleAppender(options.Appender);
        var context = new GroupContext(file, config.Name, options, new RuleQuery(options.Engine, options.Source, file, config.Name));
        Rules = [.. config.Rules.Select(rule => Make(rule, config, context))];
        _series = [.. Rules.Select(static _ => new Dictionary<Labels, SeriesRef>())];
    }

    public string File { get; }

    public string Name => _config.Name;

    /// <summary>What it does, as a text.</summary>
    public string Fingerprint { get; }

    public IReadOnlyList<Rule> Rules { get; }

    private IEnumerable<AlertingRule> AlertingRules => Rules.OfType<AlertingRule>();

    /// <summary>Alerts go on where they were before a restart, as soon as the group was evaluated twice; before that no state of theirs is stored.</summary>
    public void RestoreAlerts() => _mustRestore = true;

    /// <summary>Takes a configuration that says the same, perhaps at other places of the file.</summary>
    public void Move(RuleGroupConfig same)
    {
        _config = same;
        for (int i = 0; i < Rules.Count; i++)
        {
            Rules[i].Move(same.Rules[i]);
        }
    }

    /// <summary>
    /// Goes on with the state of a stopped group of the same file and name. Rules are the same that have one name and one set of labels, the first such
    /// with the first; what others gave is marked stale at the next evaluation.
    /// </summary>
    public void TakeState(RuleGroup from)
    {
        _counters = from._counters;
        _last = from._last;
        _mustRestore = from._mustRestore;
        _orphans = from._orphans;
        ILookup<string, int> byIdentity = Enumerable.Range(0, from.Rules.Count).ToLookup(i => from.Rules[i].Identity, StringComparer.Ordinal);
        var used = new HashSet<int>();
        for (int i = 0; i < Rules.Count; i++)
        {
            int match = byIdentity[Rules[i].Identity].FirstOrDefault(index => !used.Contains(index), -1);
            if (match >= 0)
            {
                used.Add(match);
                _series[i] = from._series[match];
                TakeAlerts(Rules[i], from.Rules[match]);
            }
        }

        for (int i = 0; i < from.Rules.Count; i++)
        {
            if (!used.Contains(i))
            {
                Abandon(from._series[i]);
                (from.Rules[i] as AlertingRule)?.End(_options.Time.GetUtcNow());
            }
        }
    }

    /// <summary>Begins to wait for the first moment.</summary>
    /// <param name="shutdown">Gives up what is under way, and sends and stores nothing after it.</param>
    public void Start(CancellationToken shutdown) => _run = Task.Run(() => RunAsync(shutdown), CancellationToken.None);

    /// <summary>No further rule is evaluated; returns when the one under way is done.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
    }

    /// <summary>
    /// After <see cref="StopAsync"/>, for a group that is gone: waits two intervals, in case other rules go on with its series, and marks the rest stale.
    /// </summary>
    public async Task EndAsync(CancellationToken shutdown)
    {
        DateTimeOffset now = _options.Time.GetUtcNow();
        foreach (AlertingRule rule in AlertingRules)
        {
            rule.End(now);
        }

        foreach (Dictionary<Labels, SeriesRef> series in _series)
        {
            Abandon(series);
        }

        await new GroupTimer(_options.Time, 2 * _schedule.Interval).WaitAsync(_schedule.Interval, shutdown).ConfigureAwait(false);
        MarkOrphansStale(now - QueryOffset());
    }

    /// <summary>Evaluates every rule once, as of a moment at which the group was due.</summary>
    internal async Task EvaluateAsync(DateTimeOffset slot, CancellationToken shutdown)
    {
        long started = _options.Time.GetTimestamp();
        DateTimeOffset startedAt = _options.Time.GetUtcNow();
        var moment = new RuleMoment(slot, QueryOffset(), _config.Limit, _environment());
        _counters.AddIteration();
        long samples = 0;
        TimeSpan ruleDurations = TimeSpan.Zero;
        for (int i = 0; i < Rules.Count; i++)
        {
            if (_stop.IsCancellationRequested || shutdown.IsCancellationRequested)
            {
                return;
            }

            samples += await EvaluateRuleAsync(i, moment, shutdown).ConfigureAwait(false);
            ruleDurations += Rules[i].Outcome.Duration;
        }

        if (!shutdown.IsCancellationRequested)
        {
            MarkOrphansStale(moment.SampleTime);
        }

        TimeSpan duration = _options.Time.GetElapsedTime(started);
        _statistics.Groups.Observe(duration);
        _last = new GroupRun(startedAt, duration, ruleDurations, samples, _last.RestoreDuration);
    }

    /// <summary>Restores the alerts, where that is still to be done.</summary>
    internal void RestoreNow(CancellationToken shutdown)
    {
        long started = _options.Time.GetTimestamp();
        try
        {
            new AlertRestorer(_options).Restore(AlertingRules, _options.Time.GetUtcNow(), shutdown);
        }
        catch (StorageUnavailableException e)
        {
            _options.Log.GroupFailed(File, Name, "Failed to restore 'for' state", e.Message);
        }

        foreach (AlertingRule rule in AlertingRules)
        {
            rule.IsRestored = true;
        }

        _mustRestore = false;
        _last = _last with { RestoreDuration = _options.Time.GetElapsedTime(started) };
    }

    public RuleGroupView View() => new(
        File, Name, _schedule.Interval, _config.Limit, _last.Duration, _last.StartedAt, [.. Rules.Select(static rule => rule.View())]);

    public RuleGroupStatistics GetStatistics() => new()
    {
        File = File,
        Name = Name,
        Interval = _schedule.Interval,
        Rules = Rules.Count,
        Evaluations = _counters.Evaluations,
        EvaluationFailures = _counters.Failures,
        Iterations = _counters.Iterations,
        IterationsMissed = _counters.Missed,
        LastSamples = _last.Samples,
        LastEvaluation = _last.StartedAt,
        LastDuration = _last.Duration,
        LastRuleDurations = _last.RuleDurations,
        RestoreDuration = _last.RestoreDuration,
    };

    public void Dispose() => _stop.Dispose();

    private static Rule Make(RuleConfig rule, RuleGroupConfig group, GroupContext context)
    {
        IReadOnlyList<Label> labels = RuleLabels.Merge(group.Labels, rule.Labels);
        return rule.IsAlerting ? new AlertingRule(rule, labels, context) : new RecordingRule(rule, labels, context.Query);
    }

    private static void TakeAlerts(Rule rule, Rule from)
    {
        if (rule is AlertingRule alerting && from is AlertingRule source)
        {
            alerting.TakeAlerts(source);
        }
    }

    private TimeSpan QueryOffset() => _config.QueryOffset ?? _environment().QueryOffset;

    private async Task RunAsync(CancellationToken shutdown)
    {
        foreach (AlertingRule rule in AlertingRules)
        {
            rule.IsRestored = !_mustRestore;
        }

        TimeProvider time = _options.Time;
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset slot = _schedule.SlotBefore(now) + _schedule.Interval;
        var timer = new GroupTimer(time, slot - now);
        int evaluated = 0;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, shutdown);
            await timer.WaitAsync(_schedule.Interval, either.Token).ConfigureAwait(false);
            while (true)
            {
                await EvaluateAsync(slot, shutdown).ConfigureAwait(false);
                evaluated++;
                if (_mustRestore && evaluated > 1)
                {
                    // Not at the first time: what alerts depend on may not have been scraped and recorded then.
                    RestoreNow(either.Token);
                }

                slot = await NextSlotAsync(timer, slot, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested || shutdown.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            _options.Log.GroupFailed(File, Name, "The group is not evaluated any more: this is a fault of Pharos", e.ToString());
        }
    }

    private async Task<DateTimeOffset> NextSlotAsync(GroupTimer timer, DateTimeOffset slot, CancellationToken cancellationToken)
    {
        TimeSpan interval = _schedule.Interval;
        while (true)
        {
            await timer.WaitAsync(interval, cancellationToken).ConfigureAwait(false);

            // Normally 1; more when evaluations took too long, and less when the clock was set back: then there is nothing to evaluate, or the past again.
            long passed = (_options.Time.GetUtcNow() - slot).Ticks / interval.Ticks;
            if (passed > 1)
            {
                _counters.AddMissed(passed - 1);
            }

            if (passed != 0)
            {
                return slot + (passed * interval);
            }
        }
    }

    // An error that nobody expected is said at the rule and in the log; the next evaluation is a new try, and other rules do not notice.
    private async Task<int> EvaluateRuleAsync(int index, RuleMoment moment, CancellationToken shutdown)
    {
        Rule rule = Rules[index];
        long started = _options.Time.GetTimestamp();
        DateTimeOffset startedAt = _options.Time.GetUtcNow();
        _counters.AddEvaluation();
        int count = 0;
        string error;
        try
        {
            List<RuleSample> samples = await rule.EvaluateAsync(moment, shutdown).ConfigureAwait(false);
            shutdown.ThrowIfCancellationRequested();
            count = samples.Count;
            Send(rule, moment);
            error = Store(index, samples, moment);
        }
        catch (Exception) when (shutdown.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e)
        {
            bool isExpected = e is QueryException or RuleEvaluationException or StorageUnavailableException or SeriesLimitException;
            error = isExpected ? e.Message : $"internal error: {e.Message}";
            _counters.AddFailure();
            _options.Log.RuleFailed(File, Name, rule.Config.Name, isExpected ? error : e.ToString());
        }

        TimeSpan duration = _options.Time.GetElapsedTime(started);
        _statistics.Rules.Observe(duration);
        rule.Outcome = new RuleOutcome(error.Length == 0 ? RuleHealth.Ok : RuleHealth.Error, error, duration, startedAt);
        return count;
    }

    private void Send(Rule rule, RuleMoment moment)
    {
        List<Alert> due = (rule as AlertingRule)?.TakeDue(moment, _schedule.Interval) ?? [];
        if (due.Count > 0)
        {
            _options.Alerts.Send(due);
        }
    }

    private string Store(int index, List<RuleSample> samples, RuleMoment moment)
    {
        AppendOutcome outcome = _appender.Append(samples, moment.SampleTime.ToUnixTimeMilliseconds(), ref _series[index]);
        string name = Rules[index].Config.Name;
        (string Problem, int Count)[] refused =
        [
            ("Error on ingesting out-of-order result from rule evaluation", outcome.OutOfOrder),
            ("Error on ingesting too old result from rule evaluation", outcome.TooOld),
            ("Error on ingesting results from rule evaluation with different value but same timestamp", outcome.Duplicates),
        ];
        foreach ((string problem, int count) in refused)
        {
            if (count > 0)
            {
                _options.Log.SamplesRefused(File, Name, name, problem, count);
            }
        }

        return outcome.Error;
    }

    private void Abandon(Dictionary<Labels, SeriesRef> series)
    {
        foreach ((Labels labels, SeriesRef reference) in series)
        {
            _orphans[labels] = reference;
        }

        series.Clear();
    }

    private void MarkOrphansStale(DateTimeOffset time)
    {
        if (_orphans.Count == 0)
        {
            return;
        }

        try
        {
            _appender.MarkStale(_orphans, time.ToUnixTimeMilliseconds());
            _orphans = [];
        }
        catch (StorageUnavailableException e)
        {
            _options.Log.GroupFailed(File, Name, "Stale sample appending for previous configuration failed", e.Message);
        }
    }
}
