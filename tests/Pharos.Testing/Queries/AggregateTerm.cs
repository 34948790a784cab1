namespace Pharos.Testing.Queries;

/// <summary>An aggregation.</summary>
public sealed record AggregateTerm(string Name, Term? Parameter, Term Inner, bool IsWithout, IReadOnlyList<string> Grouping) : Term
{
    public override TermType Type => TermType.Vector;

    public override IReadOnlyList<Term> Parts => Parameter is null ? [Inner] : [Parameter, Inner];

    public override Term WithParts(IReadOnlyList<Term> parts) => this with { Parameter = Parameter is null ? null : parts[0], Inner = parts[^1] };

    public override IEnumerable<Term> Plainer()
    {
        if (IsWithout || Grouping.Count > 0)
        {
            yield return this with { IsWithout = false, Grouping = [] };
        }

        for (int i = 0; i < Grouping.Count; i++)
        {
            yield return this with { Grouping = [.. Grouping.Where((_, k) => k != i)] };
        }
    }

    public override string ToString()
    {
        string grouping = IsWithout || Grouping.Count > 0 ? $" {(IsWithout ? "without" : "by")} {Writing.Labels(Grouping)} " : "";
        return $"{Name}{grouping}({string.Join(", ", Parts)})";
    }
}
