using System.Text;
using Pharos.Core.Matching;
using Pharos.Storage.Blocks;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Querying;

/// <summary>
/// A matcher against the values that its label has in a block, as <see cref="MatcherClause"/> is for the head. A clause that keeps takes the series of its lists; one that
/// excludes drops them, and lets series without the label through.
/// </summary>
internal sealed class BlockClause
{
    private readonly PostingsTable _postings;

    private BlockClause(Matcher matcher, PostingsTable postings, LabelPostings values, bool keeps)
    {
        Matcher = matcher;
        _postings = postings;
        Values = values;
        Keeps = keeps;
    }

    public Matcher Matcher { get; }

    /// <summary>The values of the label in the block.</summary>
    public LabelPostings Values { get; }

    public bool Keeps { get; }

    /// <summary>Whether <see cref="Lists"/> are known.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>Places of the lists of series whose values decide, and how many series each has.</summary>
    public List<(long List, int Count)> Lists { get; } = [];

    /// <summary>Series in all lists.</summary>
    public long Size { get; private set; }

    /// <summary>Reduces a matcher.</summary>
    /// <returns>False when no series can match; otherwise the clause, or null when all do.</returns>
    public static bool TryCreate(Matcher matcher, PostingsTable postings, out BlockClause? clause)
    {
        clause = null;
        bool matchesEmpty = matcher.MatchesEmpty;
        if (matcher.Name.Length == 0 || !postings.TryGet(matcher.Name, out LabelPostings values))
        {
            return matchesEmpty;
        }

        if (matcher.Regex is { MatchesEverything: true })
        {
            return matcher.Type == MatchType.Match;
        }

        clause = new BlockClause(matcher, postings, values, keeps: !matchesEmpty);
        IReadOnlyList<string>? set = matcher.Regex is null ? [matcher.Value] : matcher.Regex.SetMatches;
        bool positive = matcher.Type is MatchType.Equal or MatchType.Match;
        if (set is null || positive == matchesEmpty)
        {
            return true;
        }

        clause.IsDecided = true;
        foreach (string value in set)
        {
            if (value.Length > 0 && postings.TryFind(values, Encoding.UTF8.GetBytes(value), out long list))
            {
                clause.Add(list);
            }
        }

        bool any = clause.Lists.Count > 0;
        bool possible = any || !clause.Keeps;
        clause = any ? clause : null;
        return possible;
    }

    /// <summary>Tries the matcher on the values of the label.</summary>
    public void Decide(CancellationToken cancellationToken)
    {
        if (IsDecided)
        {
            return;
        }

        byte[] prefix = Keeps && Matcher.Type == MatchType.Match ? Encoding.UTF8.GetBytes(Matcher.Regex!.Prefix) : [];
        PostingsTable.ValueCursor cursor = _postings.Open(Values, prefix);
        for (int i = 0; cursor.MoveNext(); i++)
        {
            if ((i & 1023) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (prefix.Length > 0 && !cursor.Value.StartsWith(prefix))
            {
                break;
            }

            if (Matches(cursor.Value) == Keeps)
            {
                Add(cursor.List);
            }
        }

        IsDecided = true;
    }

    /// <summary>Whether a series with this value passes; empty is no value.</summary>
    public bool Admits(ReadOnlySpan<byte> value) => value.IsEmpty ? !Keeps : Matches(value);

    private void Add(long list)
    {
        int count = _postings.CountOf(list);
        Lists.Add((list, count));
        Size += count;
    }

    private bool Matches(ReadOnlySpan<byte> value) => Matcher.Type switch
    {
        MatchType.Match => Matcher.Regex!.IsMatch(value),
        MatchType.NotMatch => !Matcher.Regex!.IsMatch(value),
        _ => Matcher.Matches(Encoding.UTF8.GetString(value)),
    };
}
