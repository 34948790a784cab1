using Pharos.Core.Matching;
using Pharos.Storage.Index;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Querying;

/// <summary>
/// A matcher against the values that its label has in the index. A clause that keeps takes the series with one of <see cref="Values"/>; one that excludes drops them, and
/// lets series without the label through.
/// </summary>
internal sealed class MatcherClause
{
    private MatcherClause(uint name, LabelIndex index, bool keeps)
    {
        Name = name;
        Index = index;
        Keeps = keeps;
    }

    public uint Name { get; }

    public LabelIndex Index { get; }

    public bool Keeps { get; }

    /// <summary>Ids of the values; meaningless while <see cref="Undecided"/> is not null.</summary>
    public List<uint> Values { get; private set; } = [];

    /// <summary>Whether <see cref="Values"/> are all that the label has, so that only its presence counts.</summary>
    public bool IsPresence { get; private set; }

    /// <summary>The matcher that must yet be tried on each of <see cref="Values"/>.</summary>
    public Matcher? Undecided { get; private set; }

    /// <summary>
    /// Reduces a matcher. Under the index lock.
    /// </summary>
    /// <returns>False when no series can match; otherwise the clause, or null when all do.</returns>
    public static bool TryCreate(Matcher matcher, InternTable symbols, IReadOnlyDictionary<uint, LabelIndex> indexes, out MatcherClause? clause)
    {
        clause = null;
        bool matchesEmpty = matcher.MatchesEmpty;
        if (!symbols.TryFind(System.Text.Encoding.UTF8.GetBytes(matcher.Name), out uint name) || !indexes.TryGetValue(name, out LabelIndex? index))
        {
            return matchesEmpty;
        }

        if (matcher.Regex is { MatchesEverything: true })
        {
            return matcher.Type == MatchType.Match;
        }

        clause = new MatcherClause(name, index, keeps: !matchesEmpty);
        IReadOnlyList<string>? set = matcher.Regex is null ? [matcher.Value] : matcher.Regex.SetMatches;
        bool positive = matcher.Type is MatchType.Equal or MatchType.Match;
        if (matcher.Regex is { MatchesNonEmpty: true } || (set is [""] && positive == matchesEmpty))
        {
            clause.IsPresence = true;
            return true;
        }

        if (set is not null && positive != matchesEmpty)
        {
            clause.AddSet(set, symbols);
            bool any = clause.Values.Count > 0;
            bool possible = any || !clause.Keeps;
            clause = any ? clause : null;
            return possible;
        }

        clause.Undecided = matcher;
        index.CopyValues(clause.Values);
        return true;
    }

    /// <summary>Tries the matcher on the values. Outside the lock; the epoch of the reader keeps the symbols.</summary>
    public void Decide(InternTable symbols, CancellationToken cancellationToken)
    {
        if (Undecided is not { } matcher)
        {
            return;
        }

        var decided = new List<uint>();
        for (int i = 0; i < Values.Count; i++)
        {
            if ((i & 1023) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (Matches(matcher, symbols.Get(Values[i])) == Keeps)
            {
                decided.Add(Values[i]);
            }
        }

        Values = decided;
        Undecided = null;
    }

    /// <summary>Whether a series with this value passes; 0 is no value. For clauses that are undecided.</summary>
    public bool Admits(uint value, InternTable symbols) => value == 0 ? !Keeps : Matches(Undecided!, symbols.Get(value));

    private static bool Matches(Matcher matcher, ReadOnlySpan<byte> value) => matcher.Type switch
    {
        MatchType.Match => matcher.Regex!.IsMatch(value),
        MatchType.NotMatch => !matcher.Regex!.IsMatch(value),
        _ => matcher.Matches(System.Text.Encoding.UTF8.GetString(value)),
    };

    private void AddSet(IReadOnlyList<string> set, InternTable symbols)
    {
        foreach (string value in set)
        {
            if (value.Length > 0 && symbols.TryFind(System.Text.Encoding.UTF8.GetBytes(value), out uint id) && Index.CountOf(id) > 0)
            {
                Values.Add(id);
            }
        }
    }
}
