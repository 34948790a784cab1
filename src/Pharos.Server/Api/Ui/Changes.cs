using Pharos.Core.Contracts;

namespace Pharos.Server.Api.Ui;

/// <summary>Entries of the journal as lines for people.</summary>
internal static class Changes
{
    private const long OneMessage = 60_000;

    /// <summary>Newest first; alerts of one name that changed together are one line.</summary>
    public static IReadOnlyList<Change> Of(IJournal journal, UiRange range)
    {
        var changes = new List<Change>();
        JournalEntry? first = null;
        int count = 0;
        foreach (JournalEntry entry in journal.Read(range.From, range.To, int.MaxValue))
        {
            if (KindOf(entry.Kind).Length == 0)
            {
                continue;
            }

            if (first is not null && AreOne(first, entry))
            {
                count++;
                continue;
            }

            AddTo(changes, first, count);
            (first, count) = (entry, 1);
        }

        AddTo(changes, first, count);
        return changes;
    }

    private static bool AreOne(JournalEntry newer, JournalEntry older) =>
        IsAlert(newer.Kind) && newer.Kind == older.Kind && newer.Subject == older.Subject && newer.Time - older.Time <= OneMessage;

    private static bool IsAlert(JournalKind kind) => kind is JournalKind.AlertPending or JournalKind.AlertFiring or JournalKind.AlertResolved;

    private static void AddTo(List<Change> changes, JournalEntry? entry, int count)
    {
        if (entry is not null)
        {
            string detail = count > 1 ? $"{count} alerts" : entry.Detail;
            changes.Add(new Change(entry.Time, KindOf(entry.Kind), TitleOf(entry), entry.Kind == JournalKind.Deployed ? "" : detail, LinkOf(entry), entry.By));
        }
    }

    private static string KindOf(JournalKind kind) => kind switch
    {
        JournalKind.AlertPending => "alertPending",
        JournalKind.AlertFiring => "alertFiring",
        JournalKind.AlertResolved => "alertResolved",
        JournalKind.SilenceCreated => "silenceCreated",
        JournalKind.SilenceExpired => "silenceExpired",
        JournalKind.Reloaded => "reloaded",
        JournalKind.ReloadFailed => "reloadFailed",
        JournalKind.TargetDown => "targetDown",
        JournalKind.TargetUp => "targetUp",
        JournalKind.Deployed => "deploy",
        JournalKind.DashboardSaved => "dashboardSaved",
        JournalKind.Started => "started",

        // Messages have a page of their own.
        _ => "",
    };

    private static string TitleOf(JournalEntry entry) => entry.Kind switch
    {
        JournalKind.Started => $"{entry.Subject} {entry.Detail} started",
        JournalKind.Reloaded => "Configuration reloaded",
        JournalKind.ReloadFailed => "Reload failed",
        JournalKind.TargetDown => $"{entry.Subject} went down",
        JournalKind.TargetUp => $"{entry.Subject} is up again",
        JournalKind.Deployed => $"{entry.Subject} {entry.Detail}",
        _ => entry.Subject,
    };

    private static string LinkOf(JournalEntry entry) => entry.Kind switch
    {
        JournalKind.Reloaded or JournalKind.ReloadFailed => "/system/configuration",
        JournalKind.TargetDown or JournalKind.TargetUp => "/targets",
        JournalKind.DashboardSaved => "/dashboards",
        JournalKind.AlertPending or JournalKind.AlertFiring or JournalKind.AlertResolved or JournalKind.SilenceCreated or JournalKind.SilenceExpired => "/alerts",
        _ => "",
    };
}
