using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Storage.Tests.Exemplars;

/// <summary>The plain twin of the store of exemplars: one list in the order of arrival, and the rules as sentences.</summary>
internal sealed class PlainExemplars
{
    private readonly List<(Labels Series, Exemplar Exemplar)> _arrived = [];

    public int Limit { get; private set; }

    public long OutOfOrderMs { get; set; }

    public int Count => _arrived.Count;

    public void SetLimit(int limit)
    {
        Limit = limit;
        _arrived.RemoveRange(0, Math.Max(0, _arrived.Count - limit));
    }

    public void Add(Labels series, Exemplar exemplar)
    {
        if (Limit == 0 || !IsWelcome(Of(series), exemplar))
        {
            return;
        }

        if (_arrived.Count == Limit)
        {
            _arrived.RemoveAt(0);
        }

        _arrived.Add((series, exemplar));
    }

    /// <summary>By time; of one time, in the order of arrival.</summary>
    public List<Exemplar> Of(Labels series) => [.. _arrived.Where(a => a.Series.Equals(series)).Select(static a => a.Exemplar).OrderBy(static e => e.Timestamp)];

    private bool IsWelcome(List<Exemplar> held, Exemplar exemplar)
    {
        if (held.Count == 0)
        {
            return true;
        }

        Exemplar newest = held[^1];
        bool isSame = exemplar.Labels.Equals(newest.Labels) && exemplar.Value == newest.Value
            && (exemplar.Timestamp == newest.Timestamp || (!exemplar.HasTimestamp && !newest.HasTimestamp));
        if (exemplar.Timestamp < newest.Timestamp)
        {
            return !isSame && exemplar.Timestamp > newest.Timestamp - OutOfOrderMs && held.All(e => e.Timestamp != exemplar.Timestamp);
        }

        bool isBehind = exemplar.Timestamp == newest.Timestamp
            && (exemplar.Value < newest.Value || (exemplar.Value == newest.Value && Labels.Compare(exemplar.Labels, newest.Labels) < 0));
        return !isSame && !isBehind;
    }
}
