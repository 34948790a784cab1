namespace Pharos.Testing.Queries;

/// <summary>A range selector; the range is in milliseconds.</summary>
public sealed record RangeTerm(SelectorTerm Selector, long Range) : Term
{
    public override TermType Type => TermType.Matrix;

    public override IReadOnlyList<Term> Parts => [];

    public override Term WithParts(IReadOnlyList<Term> parts) => this;

    public override IEnumerable<Term> Plainer() => Selector.Plainer().Select(s => this with { Selector = (SelectorTerm)s });

    public override string ToString() => $"{Selector.Bare}[{Range}ms]{Selector.Shift}";
}
