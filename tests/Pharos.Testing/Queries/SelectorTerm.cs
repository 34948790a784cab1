using Pharos.Core.Matching;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Testing.Queries;

/// <summary>An instant selector.</summary>
public sealed record SelectorTerm(IReadOnlyList<Matcher> Matchers, Shift Shift) : Term
{
    public override TermType Type => TermType.Vector;

    public override IReadOnlyList<Term> Parts => [];

    /// <summary>The text without offset and <c>@</c>.</summary>
    public string Bare
    {
        get
        {
            if (Matchers[0] is not { Type: MatchType.Equal, Name: "__name__", Value: var name })
            {
                return $"{{{string.Join(",", Matchers)}}}";
            }

            IEnumerable<Matcher> others = Matchers.Skip(1);
            return !Writing.IsLegacy(name) ? $"{{{string.Join(",", [Writing.Quote(name), .. others.Select(static m => m.ToString())])}}}"
                : Matchers.Count == 1 ? name
                : $"{name}{{{string.Join(",", others)}}}";
        }
    }

    public override Term WithParts(IReadOnlyList<Term> parts) => this;

    public override IEnumerable<Term> Plainer()
    {
        foreach (Shift shift in Shift.Plainer())
        {
            yield return this with { Shift = shift };
        }

        for (int i = 1; i < Matchers.Count; i++)
        {
            yield return this with { Matchers = [.. Matchers.Where((_, k) => k != i)] };
        }
    }

    public override string ToString() => Bare + Shift;
}
