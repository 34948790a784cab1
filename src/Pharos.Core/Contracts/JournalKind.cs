namespace Pharos.Core.Contracts;

/// <summary>The kinds of <see cref="JournalEntry"/>. Written to disk by name: a name never changes its meaning.</summary>
public enum JournalKind
{
    /// <summary>The server started.</summary>
    Started,

    /// <summary>A configuration was taken.</summary>
    Reloaded,

    /// <summary>A configuration was refused; the one before it still runs.</summary>
    ReloadFailed,

    /// <summary>An alert's condition became true and waits for its <c>for</c>.</summary>
    AlertPending,

    /// <summary>An alert began to fire.</summary>
    AlertFiring,

    /// <summary>An alert ended: it fired before.</summary>
    AlertResolved,

    /// <summary>A silence was made or changed.</summary>
    SilenceCreated,

    /// <summary>A silence was ended by somebody.</summary>
    SilenceExpired,

    /// <summary>A receiver took a message.</summary>
    NotificationSent,

    /// <summary>A receiver did not take a message, all retries included.</summary>
    NotificationFailed,

    /// <summary>A target that was up stopped answering.</summary>
    TargetDown,

    /// <summary>A target that was down answers again.</summary>
    TargetUp,

    /// <summary>A new version of something that is watched was seen.</summary>
    Deployed,

    /// <summary>A dashboard was made or changed.</summary>
    DashboardSaved,
}
