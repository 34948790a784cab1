using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Rules.Views;

namespace Pharos.Rules.Evaluation;

/// <summary>One alert of a rule, from its first moment until some time after its end. Guarded by the lock of its rule.</summary>
internal sealed class ActiveAlert
{
    // Upstream's: for so long an alert that ended is kept, and said again to the sink, in case that was away.
    private static readonly TimeSpan ResolvedRetention = TimeSpan.FromMinutes(15);

    public ActiveAlert(Labels labels, Labels annotations, double value, DateTimeOffset activeAt)
    {
        Labels = labels;
        Annotations = annotations;
        Value = value;
        ActiveAt = activeAt;
    }

    public Labels Labels { get; }

    public Labels Annotations { get; private set; }

    public double Value { get; private set; }

    public AlertState State { get; private set; } = AlertState.Pending;

    public DateTimeOffset ActiveAt { get; set; }

    private DateTimeOffset? FiredAt { get; set; }

    private DateTimeOffset? KeepFiringSince { get; set; }

    private DateTimeOffset? ResolvedAt { get; set; }

    private DateTimeOffset? LastSentAt { get; set; }

    private DateTimeOffset ValidUntil { get; set; }

    /// <summary>The condition holds, as before.</summary>
    public void Update(double value, Labels annotations)
    {
        Value = value;
        Annotations = annotations;
        KeepFiringSince = null;
    }

    /// <summary>The condition does not hold. True when the alert fires all the same, since it is kept.</summary>
    public bool Miss(DateTimeOffset now, TimeSpan keepFiringFor)
    {
        if (State == AlertState.Firing && keepFiringFor > TimeSpan.Zero)
        {
            KeepFiringSince ??= now;
            if (now - KeepFiringSince < keepFiringFor)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether nothing needs to be known of the alert any more once its condition does not hold.</summary>
    public bool IsOver(DateTimeOffset now) => State == AlertState.Pending || now - ResolvedAt > ResolvedRetention;

    /// <summary>Ends it, where it has not ended before. True when it fired until now.</summary>
    public bool Resolve(DateTimeOffset now)
    {
        if (State == AlertState.Inactive)
        {
            return false;
        }

        bool fired = State == AlertState.Firing;
        State = AlertState.Inactive;
        ResolvedAt = now;
        return fired;
    }

    /// <summary>Fires when it was active for long enough, and waits again when it was not, as after a reload with a longer time. True when it begins to fire.</summary>
    public bool Advance(DateTimeOffset now, TimeSpan holdFor)
    {
        bool isDue = now - ActiveAt >= holdFor;
        if (State == AlertState.Pending && isDue)
        {
            State = AlertState.Firing;
            FiredAt = now;
            return true;
        }

        if (State == AlertState.Firing && !isDue)
        {
            State = AlertState.Pending;
            FiredAt = null;
            LastSentAt = null;
            KeepFiringSince = null;
        }

        return false;
    }

    /// <summary>Whether it fires since before this time.</summary>
    public bool HasFiredBefore(DateTimeOffset time) => State == AlertState.Firing && FiredAt < time;

    /// <summary>Whether the sink has to hear of it now: it fires or ended, and that is news or was said long enough ago.</summary>
    public bool NeedsSending(DateTimeOffset now, TimeSpan resendDelay) =>
        State != AlertState.Pending && (LastSentAt is not { } sent || ResolvedAt > sent || sent + resendDelay < now);

    /// <summary>As it is handed to the sink, which is noted.</summary>
    /// <param name="now">The time of the evaluation.</param>
    /// <param name="validFor">How long the sink may take it as firing unless it hears of it again.</param>
    /// <param name="generatorUrl">Where the expression can be seen.</param>
    public Alert Send(DateTimeOffset now, TimeSpan validFor, string generatorUrl)
    {
        LastSentAt = now;
        ValidUntil = now + validFor;
        return new Alert(
            Labels, Annotations, (FiredAt ?? ActiveAt).ToUnixTimeMilliseconds(), (ResolvedAt ?? ValidUntil).ToUnixTimeMilliseconds(), generatorUrl);
    }

    public AlertView View() => new(Labels, Annotations, State, Value, ActiveAt, FiredAt, KeepFiringSince, ResolvedAt, LastSentAt);
}
