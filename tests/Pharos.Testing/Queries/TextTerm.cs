namespace Pharos.Testing.Queries;

/// <summary>A string literal.</summary>
public sealed record TextTerm(string Value) : Term
{
    public override TermType Type => TermType.Text;

    public override IReadOnlyList<Term> Parts => [];

    public override Term WithParts(IReadOnlyList<Term> parts) => this;

    public override string ToString() => Writing.Quote(Value);
}
