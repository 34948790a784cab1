namespace Pharos.Testing.Queries;

/// <summary>A query of which only the text is known.</summary>
public sealed record WrittenTerm(string Text) : Term
{
    public override TermType Type => TermType.Vector;

    public override IReadOnlyList<Term> Parts => [];

    public override Term WithParts(IReadOnlyList<Term> parts) => this;

    public override string ToString() => Text;
}
