using Pharos.Alerting.Matchers;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Silencing;

/// <summary>Which silences are valid, and which changes of one keep its id: upstream's rules.</summary>
internal static class SilenceRules
{
    /// <exception cref="SilenceException">It is not valid.</exception>
    public static void Check(Silence silence)
    {
        if (silence.Matchers.Count == 0)
        {
            throw new SilenceException("invalid silence: at least one matcher required");
        }

        bool allMatchEmpty = true;
        for (int i = 0; i < silence.Matchers.Count; i++)
        {
            AlertMatcher matcher = silence.Matchers[i];
            if (!LabelName.IsUtf8(matcher.Name))
            {
                throw new SilenceException($"invalid silence: invalid label matcher {i} in set 0: invalid label name {GoQuote.Quote(matcher.Name)}");
            }

            allMatchEmpty &= matcher.Matches("");
        }

        if (allMatchEmpty)
        {
            throw new SilenceException("invalid silence: matcher set 0: at least one matcher must not match the empty string");
        }

        if (silence.EndsAt == 0)
        {
            throw new SilenceException("invalid silence: invalid zero end timestamp");
        }

        if (silence.EndsAt < silence.StartsAt)
        {
            throw new SilenceException("invalid silence: end time must not be before start time");
        }
    }

    /// <summary>
    /// Whether the change may go by under the same id. What has muted already must stay visible: other matchers, or another start of one that is active, make a new one.
    /// </summary>
    public static bool CanUpdate(Silence before, Silence after, long now)
    {
        if (!before.Matchers.SequenceEqual(after.Matchers))
        {
            return false;
        }

        return before.StateAt(now) switch
        {
            SilenceState.Active => after.StartsAt / 1000 == before.StartsAt / 1000 && after.EndsAt >= now,
            SilenceState.Pending => after.StartsAt >= now,
            _ => false,
        };
    }
}
