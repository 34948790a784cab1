namespace Pharos.Testing.Queries;

/// <summary>A subquery; range and step are in milliseconds.</summary>
public sealed record SubqueryTerm(Term Inner, long Range, long Step, Shift Shift) : Term
{
    public override TermType Type => TermType.Matrix;

    public override IReadOnlyList<Term> Parts => [Inner];

    public override Term WithParts(IReadOnlyList<Term> parts) => this with { Inner = parts[0] };

    public override IEnumerable<Term> Plainer() => Shift.Plainer().Select(s => this with { Shift = s });

    public override string ToString() => $"({Inner})[{Range}ms:{Step}ms]{Shift}";
}
