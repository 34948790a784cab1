using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Alerts;

/// <summary>An alert as the Alertmanager keeps it. Immutable. Times are milliseconds since the Unix epoch.</summary>
/// <param name="Labels">Its identity; not empty.</param>
/// <param name="Annotations">Texts for people.</param>
/// <param name="StartsAt">When it began.</param>
/// <param name="EndsAt">When it ended, or will be taken as ended; zero inside a notification, where it means "fires".</param>
/// <param name="UpdatedAt">When it was last handed in.</param>
/// <param name="IsTimeout">Whether <paramref name="EndsAt"/> is <c>resolve_timeout</c>'s and not the sender's.</param>
/// <param name="GeneratorUrl">Where its expression can be seen; may be empty.</param>
public sealed record StoredAlert(Labels Labels, Labels Annotations, long StartsAt, long EndsAt, long UpdatedAt, bool IsTimeout, string GeneratorUrl)
{
    /// <summary>See <see cref="AlertFingerprint"/>.</summary>
    public ulong Fingerprint { get; } = AlertFingerprint.Of(Labels);

    /// <summary>The value of <c>alertname</c>, empty when absent.</summary>
    public string Name => Labels["alertname"];

    /// <summary>Whether it has ended at a time.</summary>
    public bool IsResolvedAt(long time) => EndsAt != 0 && EndsAt <= time;

    /// <summary>As integrations take it.</summary>
    public Alert ToAlert() => new(Labels, Annotations, StartsAt, EndsAt, GeneratorUrl);

    /// <summary>One alert out of two that overlap in time, as upstream merges them.</summary>
    /// <param name="other">The same labels.</param>
    /// <param name="now">Decides which of them has ended.</param>
    internal StoredAlert Merge(StoredAlert other, long now)
    {
        if (other.UpdatedAt < UpdatedAt)
        {
            return other.Merge(this, now);
        }

        // The other one is the younger from here on.
        StoredAlert merged = StartsAt < other.StartsAt ? other with { StartsAt = StartsAt } : other;
        bool keepsEnd = other.IsResolvedAt(now) ? IsResolvedAt(now) && EndsAt > other.EndsAt : EndsAt > other.EndsAt && !IsTimeout;
        return keepsEnd ? merged with { EndsAt = EndsAt } : merged;
    }

    /// <summary>Whether the two belong together: one begins or ends while the other fires.</summary>
    internal bool Overlaps(StoredAlert old) =>
        (EndsAt > old.StartsAt && EndsAt < old.EndsAt) || (StartsAt > old.StartsAt && StartsAt < old.EndsAt);

    /// <summary>Upstream's order of the alerts in one message: by job, then instance, then all labels.</summary>
    internal static int CompareForMessage(StoredAlert x, StoredAlert y)
    {
        int order = CompareLabel(x, y, "job");
        order = order != 0 ? order : CompareLabel(x, y, "instance");
        return order != 0 ? order : CompareLabelSets(x.Labels, y.Labels);
    }

    /// <summary>Upstream's order of label sets: the smaller set first, then label by label over the names of both.</summary>
    internal static int CompareLabelSets(Labels x, Labels y)
    {
        if (x.Count != y.Count)
        {
            return x.Count - y.Count;
        }

        for (int i = 0; i < x.Count; i++)
        {
            int names = Utf8Ordinal.Compare(x[i].Name, y[i].Name);
            if (names != 0)
            {
                // The first name of both that one of them lacks: who has it not comes first.
                return names < 0 ? 1 : -1;
            }

            int values = Utf8Ordinal.Compare(x[i].Value, y[i].Value);
            if (values != 0)
            {
                return values;
            }
        }

        return 0;
    }

    private static int CompareLabel(StoredAlert x, StoredAlert y, string name)
    {
        string left = x.Labels[name];
        string right = y.Labels[name];
        if (left.Length == 0 || right.Length == 0)
        {
            // One without the label comes last.
            return (left.Length == 0 ? 1 : 0) - (right.Length == 0 ? 1 : 0);
        }

        return Utf8Ordinal.Compare(left, right);
    }
}
