using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Rules.Views;
using Pharos.Scrape.Targets;
using Pharos.Server.Api.Ui.Alerts;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Ui;

/// <summary>Gathers what is broken without an alert: targets that no alert covers, receivers, rules, the configuration.</summary>
internal sealed class BrokenThings(UiServices services)
{
    private const int MaxTargets = 50;
    private const int MaxRules = 20;

    public IReadOnlyList<BrokenThing> Gather()
    {
        var broken = new List<BrokenThing>();
        ReloadOutcome reload = services.Reload.Current;
        if (!reload.Succeeded)
        {
            string subject = reload.Place is { } place ? Path.GetFileName(place.File) : "configuration";
            broken.Add(new BrokenThing(
                "config", subject, $"could not be loaded: {reload.Place?.Describe() ?? reload.Error}", reload.LastAttempt.ToUnixTimeMilliseconds(), "/system/configuration"));
        }

        broken.AddRange(services.Messages.FailingReceivers().Select(static receiver =>
            new BrokenThing("receiver", receiver.Receiver, $"was not told: {receiver.Error}", receiver.Since, "/alerts?view=sent")));
        broken.AddRange(services.Rules().SelectMany(static group => group.Rules).Where(static rule => rule.Health == RuleHealth.Error).Take(MaxRules).Select(static rule =>
            new BrokenThing("rule", rule.Name, $"failed: {rule.LastError}", rule.LastEvaluation?.ToUnixTimeMilliseconds(), "/alerts?view=rules")));
        AddTargets(broken);
        return broken;
    }

    private void AddTargets(List<BrokenThing> broken)
    {
        Labels[] alerts =
        [
            .. services.Alerts().Where(static alert => alert.State != UiAlertState.Resolved).Select(static alert => alert.Labels),
        ];
        int left = MaxTargets;
        Dictionary<Labels, long> since = DownSince();
        foreach (TargetView target in services.Pools().SelectMany(static pool => pool.Active).Where(static target => target.Health == TargetHealth.Down))
        {
            if (alerts.Any(alert => Covers(alert, target.Labels)))
            {
                continue;
            }

            if (left-- == 0)
            {
                return;
            }

            string instance = target.Labels["instance"];
            broken.Add(new BrokenThing(
                "target", instance.Length > 0 ? instance : target.ScrapeUrl, target.LastError, since.TryGetValue(target.Labels, out long time) ? time : null, "/targets?show=down"));
        }
    }

    private Dictionary<Labels, long> DownSince()
    {
        var since = new Dictionary<Labels, long>();
        foreach (JournalEntry entry in services.Journal.Read(0, long.MaxValue, int.MaxValue))
        {
            if (entry.Kind == JournalKind.TargetDown)
            {
                since.TryAdd(entry.Labels, entry.Time);
            }
        }

        return since;
    }

    // An alert is about a target when it says nothing else of job and instance, and says one of them.
    private static bool Covers(Labels alert, Labels target)
    {
        string job = alert["job"];
        string instance = alert["instance"];
        return (job.Length > 0 || instance.Length > 0) && (job.Length == 0 || job == target["job"]) && (instance.Length == 0 || instance == target["instance"]);
    }
}
