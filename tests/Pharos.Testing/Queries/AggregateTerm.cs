namespace Pharos.Testing.Queries;

/// <summary>An aggregation.</summary>
public sealed record AggregateTerm(string Name, Term? Parameter, Term Inner, bool IsWithout, IReadOnlyList<string> Grouping) : Term
{
    /// <summary>The grouping is written behind the operand.</summary>
    public bool GroupsBehind { get; init; }

    // Behind an operand further modifiers would belong to it.
    public override string AsOperand => GroupsBehind ? $"({this})" : ToString();

    public override TermType Type => TermType.Vector;

    public override IReadOnlyList<Term> Parts => Parameter is null ? [Inner] : [Parameter, Inner];

    public override Term WithParts(IReadOnlyList<Term> parts) => this with { Parameter = Parameter is null ? null : parts[0], Inner = parts[^1] };

    public override IEnumerable<Term> Plainer()
    {
        if (GroupsBehind)
        {
            yield return this with { GroupsBehind = false };
        }

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
        string grouping = IsWithout || Grouping.Count > 0 ? $" {(IsWithout ? "without" : "by")} {Writing.Labels(Grouping)}" : "";
        string operands = $"({string.Join(", ", Parts)})";
        return GroupsBehind ? $"{Name}{operands}{grouping}" : grouping.Length == 0 ? $"{Name}{operands}" : $"{Name}{grouping} {operands}";
    }
}
