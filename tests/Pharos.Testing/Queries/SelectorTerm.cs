using Pharos.Core.Matching;

namespace Pharos.Testing.Queries;

/// <summary>An instant selector.</summary>
public sealed record SelectorTerm(IReadOnlyList<Matcher> Matchers, Shift Shift) : Term
{
    public override TermType Type => TermType.Vector;

    public override IReadOnlyList<Term> Parts => [];

    /// <summary>The text without offset and <c>@</c>.</summary>
    public string Bare => $"{{{string.Join(",", Matchers)}}}";

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
