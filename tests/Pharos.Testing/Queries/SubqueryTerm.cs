namespace Pharos.Testing.Queries;

/// <summary>A subquery; range and step are in milliseconds, a step of 0 is not written.</summary>
public sealed record SubqueryTerm(Term Inner, long Range, long Step, Shift Shift) : Term
{
    public override TermType Type => TermType.Matrix;

    public override IReadOnlyList<Term> Parts => [Inner];

    private string Operand => Inner is NumberTerm || (Inner is SelectorTerm { Shift: var shift } && shift != Shift.None) ? $"({Inner})" : Inner.AsOperand;

    public override Term WithParts(IReadOnlyList<Term> parts) => this with { Inner = parts[0] };

    public override IEnumerable<Term> Plainer() => Shift.Plainer().Select(s => this with { Shift = s });

    public override string ToString() => $"{Operand}[{Writing.Duration(Range)}:{(Step == 0 ? "" : Writing.Duration(Step))}]{Shift}";
}
