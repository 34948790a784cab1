using System.Globalization;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Rules.Files;
using Pharos.Rules.Views;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Rules.Evaluation;

/// <summary>Makes an alert of each series that its expression gives, and follows it until its end.</summary>
internal sealed class AlertingRule : Rule
{
    private readonly GroupContext _context;
    private readonly AlertTemplates _templates;
    private readonly Lock _lock = new(); // guards _active and the alerts in it
    private Dictionary<Labels, ActiveAlert> _active = [];
    private volatile bool _isRestored;

    /// <param name="config">The rule as its file has it.</param>
    /// <param name="labels">Those of the group and, over them, of the rule.</param>
    /// <param name="context">What it works with.</param>
    public AlertingRule(RuleConfig config, IReadOnlyList<Label> labels, GroupContext context)
        : base(config, labels)
    {
        _context = context;
        _templates = new AlertTemplates(config, labels);
    }

    /// <summary>Whether nothing is to be restored any more: only then series are written, since they would hide what was before the restart.</summary>
    public bool IsRestored
    {
        get => _isRestored;
        set => _isRestored = value;
    }

    /// <summary>Selects the series from which the alerts are restored. Labels that are templates differ from alert to alert.</summary>
    public IReadOnlyList<Matcher> ForStateMatchers() =>
    [
        new Matcher(MatchType.Equal, Label.MetricName, AlertLabels.AlertsForState),
        new Matcher(MatchType.Equal, AlertLabels.AlertName, Config.Alert),
        .. Labels
            .Where(static l => l.Name != AlertLabels.AlertName && l.Value.Length > 0 && !l.Value.Contains("{{", StringComparison.Ordinal))
            .Select(static l => new Matcher(MatchType.Equal, l.Name, l.Value)),
    ];

    public override async ValueTask<List<RuleSample>> EvaluateAsync(RuleMoment moment, CancellationToken cancellationToken)
    {
        RuleConfig config = Config;
        List<RuleSample> samples = await _context.Query.AskAsync(config.Expr, config.ExprText, moment.SampleTime, cancellationToken).ConfigureAwait(false);
        Dictionary<Labels, (double Value, Labels Annotations)> found = Expand(samples, moment, cancellationToken);
        var changes = new List<(JournalKind Kind, ActiveAlert Alert, string Detail)>();
        try
        {
            lock (_lock)
            {
                Add(found, moment.Time, changes);
                return Advance(found, moment, changes);
            }
        }
        finally
        {
            foreach ((JournalKind kind, ActiveAlert alert, string detail) in changes)
            {
                AlertJournal.Record(_context.Options.Journal, kind, alert, moment.Time, detail);
            }
        }
    }

    /// <summary>The alerts that the sink has to hear of now; they count as sent.</summary>
    public List<Alert> TakeDue(RuleMoment moment, TimeSpan interval)
    {
        const int Tolerated = 4; // upstream's: two evaluations or two deliveries may fail before the alert counts as ended
        TimeSpan resendDelay = _context.Options.ResendDelay;
        TimeSpan validFor = Tolerated * (interval > resendDelay ? interval : resendDelay);
        string url = moment.Environment.ExternalUrl.OriginalString + Templating.Prometheus.RuleTemplate.TableLink(Query);
        var due = new List<Alert>();
        lock (_lock)
        {
            foreach (ActiveAlert alert in _active.Values)
            {
                if (alert.NeedsSending(moment.Time, resendDelay))
                {
                    due.Add(alert.Send(moment.Time, validFor, url));
                }
            }
        }

        return due;
    }

    /// <summary>Goes on with the alerts of a rule that this one takes the place of and that is not evaluated any more.</summary>
    public void TakeAlerts(AlertingRule from)
    {
        lock (from._lock)
        {
            _active = from._active;
            from._active = [];
        }
    }

    /// <summary>Forgets the alerts of a rule that is gone. As upstream the sink hears no end: what it knows expires there.</summary>
    public void End(DateTimeOffset time)
    {
        Dictionary<Labels, ActiveAlert> ended;
        lock (_lock)
        {
            ended = _active;
            _active = [];
        }

        foreach (ActiveAlert alert in ended.Values)
        {
            if (alert.Resolve(time))
            {
                AlertJournal.Record(_context.Options.Journal, JournalKind.AlertResolved, alert, time, "the rule is not configured any more");
            }
        }
    }

    /// <summary>Moves the start of alerts to where they were before a restart.</summary>
    /// <param name="activeAt">Gives the start of an alert, or null where nothing is known of it.</param>
    public void Restore(Func<Labels, DateTimeOffset?> activeAt)
    {
        lock (_lock)
        {
            foreach (ActiveAlert alert in _active.Values)
            {
                alert.ActiveAt = activeAt(alert.Labels) ?? alert.ActiveAt;
            }
        }
    }

    public override RuleView View()
    {
        AlertView[] alerts;
        lock (_lock)
        {
            alerts = [.. _active.Values.Select(static a => a.View())];
        }

        AlertState worst = Outcome.StartedAt is null ? AlertState.Unknown : AlertState.Inactive;
        foreach (AlertView alert in worst == AlertState.Unknown ? [] : alerts)
        {
            worst = alert.State > worst ? alert.State : worst;
        }

        return View(worst, alerts);
    }

    private Dictionary<Labels, (double Value, Labels Annotations)> Expand(List<RuleSample> samples, RuleMoment moment, CancellationToken cancellationToken)
    {
        AlertTemplates.Expansion expansion = _templates.Begin(moment, _context.Query);
        var found = new Dictionary<Labels, (double, Labels)>(samples.Count);
        foreach (RuleSample sample in samples)
        {
            (Labels labels, Labels annotations) = expansion.Expand(sample, Config.Alert, cancellationToken);
            if (!found.TryAdd(labels, (sample.Value, annotations)))
            {
                throw new RuleEvaluationException("vector contains metrics with the same labelset after applying alert labels");
            }
        }

        if (expansion.Failures > 0)
        {
            _context.Options.Log.TemplateFailed(_context.File, _context.Group, Config.Alert, expansion.FirstError, expansion.Failures);
        }

        return found;
    }

    private void Add(
        Dictionary<Labels, (double Value, Labels Annotations)> found, DateTimeOffset now, List<(JournalKind Kind, ActiveAlert Alert, string Detail)> changes)
    {
        foreach ((Labels labels, (double value, Labels annotations)) in found)
        {
            if (_active.TryGetValue(labels, out ActiveAlert? alert) && alert.State != AlertState.Inactive)
            {
                alert.Update(value, annotations);
                continue;
            }

            alert = new ActiveAlert(labels, annotations, value, now);
            _active[labels] = alert;
            if (Config.For > TimeSpan.Zero)
            {
                changes.Add((JournalKind.AlertPending, alert, ""));
            }
        }
    }

    private List<RuleSample> Advance(
        Dictionary<Labels, (double Value, Labels Annotations)> found, RuleMoment moment, List<(JournalKind Kind, ActiveAlert Alert, string Detail)> changes)
    {
        DateTimeOffset now = moment.Time;
        RuleConfig config = Config;
        var samples = new List<RuleSample>(2 * found.Count);
        var builder = new LabelsBuilder();
        int current = 0;
        foreach ((Labels labels, ActiveAlert alert) in _active)
        {
            if (!found.ContainsKey(labels) && !alert.Miss(now, config.KeepFiringFor))
            {
                if (alert.IsOver(now))
                {
                    _active.Remove(labels);
                }

                if (alert.Resolve(now))
                {
                    changes.Add((JournalKind.AlertResolved, alert, ""));
                }

                continue;
            }

            current++;
            if (alert.Advance(now, config.For))
            {
                changes.Add((JournalKind.AlertFiring, alert, ""));
            }

            if (_isRestored)
            {
                AddSamples(alert, builder, samples);
            }
        }

        return moment.Limit > 0 && current > moment.Limit ? throw ExceedLimit(moment, current, changes) : samples;
    }

    // As upstream, nothing is left of the alerts, not even their end.
    private RuleEvaluationException ExceedLimit(RuleMoment moment, int count, List<(JournalKind Kind, ActiveAlert Alert, string Detail)> changes)
    {
        string message = string.Create(CultureInfo.InvariantCulture, $"exceeded limit of {moment.Limit} with {count} alerts");
        changes.RemoveAll(static c => c.Kind != JournalKind.AlertResolved);
        foreach (ActiveAlert alert in _active.Values)
        {
            if (alert.HasFiredBefore(moment.Time) && alert.Resolve(moment.Time))
            {
                changes.Add((JournalKind.AlertResolved, alert, message));
            }
        }

        _active = [];
        return new RuleEvaluationException(message);
    }

    private static void AddSamples(ActiveAlert alert, LabelsBuilder builder, List<RuleSample> samples)
    {
        string state = alert.State == AlertState.Firing ? "firing" : "pending";
        builder.Reset(alert.Labels).Set(Label.MetricName, AlertLabels.Alerts).Set(AlertLabels.AlertState, state);
        samples.Add(new RuleSample(builder.ToLabels(), 1));
        builder.Reset(alert.Labels).Set(Label.MetricName, AlertLabels.AlertsForState);
        samples.Add(new RuleSample(builder.ToLabels(), alert.ActiveAt.ToUnixTimeSeconds()));
    }
}
