namespace Pharos.Testing.Queries;

/// <summary>
/// A range selector; the range is in milliseconds. <paramref name="Words"/> is an expression of durations that stands for it.
/// </summary>
public sealed record RangeTerm(SelectorTerm Selector, long Range, string? Words = null) : Term
{
    public override TermType Type => TermType.Matrix;

    public override IReadOnlyList<Term> Parts => [];

    public override Term WithParts(IReadOnlyList<Term> parts) => this;

    public override IEnumerable<Term> Plainer()
    {
        if (Words is not null)
        {
            yield return this with { Words = null };
        }

        foreach (Term selector in Selector.Plainer())
        {
            yield return this with { Selector = (SelectorTerm)selector };
        }
    }

    public override string ToString() => $"{Selector.Bare}[{Words ?? Writing.Duration(Range)}]{Selector.Shift}";
}
