using Pharos.Alerting;
using Pharos.Alerting.Alerts;
using Pharos.Core.Labels;
using Pharos.Rules.Views;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>Brings together what the rules and what the Alertmanager know of alerts. Stateless, usable from any thread.</summary>
internal sealed class UiAlertSource
{
    private readonly AlertingPart _alerting;
    private readonly Func<IReadOnlyList<RuleGroupView>> _rules;
    private readonly TimeProvider _clock;

    /// <param name="alerting">The Alertmanager, and how alerts are rewritten on the way to it.</param>
    /// <param name="rules">Every rule group at this moment.</param>
    /// <param name="clock">Says what "now" is.</param>
    public UiAlertSource(AlertingPart alerting, Func<IReadOnlyList<RuleGroupView>> rules, TimeProvider clock)
    {
        _alerting = alerting;
        _rules = rules;
        _clock = clock;
    }

    public long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>All of them: those of the Alertmanager, then those that only the rules know; by name and labels.</summary>
    public IReadOnlyList<UiAlert> GetAll()
    {
        Dictionary<ulong, RuleOrigin> origins = FindOrigins();
        var all = new List<UiAlert>();
        foreach (StoredAlert alert in _alerting.Alertmanager.Alerts.GetAll())
        {
            all.Add(Of(alert, origins.GetValueOrDefault(alert.Fingerprint)));
            origins.Remove(alert.Fingerprint);
        }

        all.AddRange(origins.Select(pair => OfRule(pair.Key, pair.Value)).OfType<UiAlert>());
        all.Sort(static (x, y) => Utf8Ordinal.Compare(x.Name, y.Name) is int order and not 0 ? order : Labels.Compare(x.Labels, y.Labels));
        return all;
    }

    /// <summary>One of them; null when nobody knows it.</summary>
    public UiAlert? Find(ulong fingerprint)
    {
        RuleOrigin? origin = FindOrigins().GetValueOrDefault(fingerprint);
        return _alerting.Alertmanager.Alerts.Find(fingerprint) is { } alert
            ? Of(alert, origin)
            : origin is null ? null : OfRule(fingerprint, origin);
    }

    private static long Milliseconds(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds() ?? 0;

    private Dictionary<ulong, RuleOrigin> FindOrigins()
    {
        var origins = new Dictionary<ulong, RuleOrigin>();
        foreach (RuleGroupView group in _rules())
        {
            foreach (RuleView rule in group.Rules)
            {
                foreach (AlertView alert in rule.Alerts)
                {
                    if (_alerting.RewriteLabels(alert.Labels) is { } labels)
                    {
                        // One that is active counts before one that ended and has the same labels.
                        ulong fingerprint = AlertFingerprint.Of(labels);
                        if (alert.State != AlertState.Inactive || !origins.ContainsKey(fingerprint))
                        {
                            origins[fingerprint] = new RuleOrigin(group, rule, alert);
                        }
                    }
                }
            }
        }

        return origins;
    }

    private UiAlert Of(StoredAlert alert, RuleOrigin? origin)
    {
        AlertStatus status = _alerting.Alertmanager.StatusOf(alert.Labels);
        bool isResolved = alert.IsResolvedAt(Now);
        return new UiAlert
        {
            Fingerprint = alert.Fingerprint,
            Labels = alert.Labels,
            Annotations = alert.Annotations,
            State = isResolved ? UiAlertState.Resolved
                : status.SilencedBy.Count > 0 ? UiAlertState.Silenced
                : status.InhibitedBy.Count > 0 ? UiAlertState.Inhibited
                : UiAlertState.Firing,
            Value = isResolved ? null : origin?.Alert.Value,
            Since = origin is null ? alert.StartsAt : Math.Min(Milliseconds(origin.Alert.ActiveAt), alert.StartsAt),
            FiringSince = Milliseconds(origin?.Alert.FiredAt) is > 0 and long fired ? fired : alert.StartsAt,
            ResolvedAt = isResolved ? alert.EndsAt : 0,
            SilencedBy = status.SilencedBy,
            InhibitedBy = status.InhibitedBy,
            Origin = origin,
            Receivers = Receivers(alert.Labels),
        };
    }

    // What the Alertmanager has not heard of: pending, or fires since a moment ago. What ended without ever having fired is of no interest.
    private UiAlert? OfRule(ulong fingerprint, RuleOrigin origin)
    {
        AlertView alert = origin.Alert;
        if (alert.State is not (AlertState.Pending or AlertState.Firing) || _alerting.RewriteLabels(alert.Labels) is not { } labels)
        {
            return null;
        }

        bool isPending = alert.State == AlertState.Pending;
        AlertStatus status = _alerting.Alertmanager.StatusOf(labels);
        return new UiAlert
        {
            Fingerprint = fingerprint,
            Labels = labels,
            Annotations = alert.Annotations,
            State = isPending ? UiAlertState.Pending : status.SilencedBy.Count > 0 ? UiAlertState.Silenced : UiAlertState.Firing,
            Value = alert.Value,
            Since = Milliseconds(alert.ActiveAt),
            FiringSince = Milliseconds(alert.FiredAt),
            FiresAt = isPending ? Milliseconds(alert.ActiveAt + origin.Rule.For) : 0,
            SilencedBy = status.SilencedBy,
            InhibitedBy = status.InhibitedBy,
            Origin = origin,
            Receivers = Receivers(labels),
        };
    }

    private IReadOnlyList<string> Receivers(Labels labels) =>
        [.. _alerting.Alertmanager.Current.Root.Match(labels).Select(static route => route.Options.Receiver).Distinct(StringComparer.Ordinal)];
}
