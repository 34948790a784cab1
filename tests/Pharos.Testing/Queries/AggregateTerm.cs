namespace Pharos.Testing.Queries;

/// <summary>An aggregation.</summary>
public sealed record AggregateTerm(string Name, Term? Parameter, Term Inner, bool IsWithout, IReadOnlyList<string> Grouping) : Term
{
    public override TermType Type => TermType.Vector;

    public override IReadOnlyList<Term> Parts => Parameter is null ? [Inner] : [Parameter, Inner];

    public override Term WithParts(IReadOnlyList<Term> parts) => this with { Parameter = Parameter is null ? null : parts[0], Inner = parts[^1] };

    public override IEnumerable<Term> Plainer() => IsWithout || Grouping.Count > 0 ? [this with { IsWithout = false, Grouping = [] }] : [];

    public override string ToString() =>
        $"{Name} {(IsWithout ? "without" : "by")} ({string.Join(", ", Grouping)}) ({string.Join(", ", Parts)})";
}
