namespace Pharos.Testing.Queries;

/// <summary>
/// Two terms and an operator. <paramref name="Group"/> is <c>group_left</c>, <c>group_right</c> or empty; without <paramref name="IsOn"/>
/// the matching labels are those to ignore.
/// </summary>
public sealed record BinaryTerm(
    Term Left,
    string Operator,
    Term Right,
    bool IsBool = false,
    bool IsOn = false,
    IReadOnlyList<string>? Matching = null,
    string Group = "",
    IReadOnlyList<string>? Include = null) : Term
{
    /// <summary>The right operand is written on a line of its own.</summary>
    public bool BreaksLine { get; init; }

    public static readonly string[] Comparisons = ["==", "!=", ">", "<", ">=", "<="];

    public static readonly string[] SetOperators = ["and", "or", "unless"];

    public override TermType Type => Left.Type == TermType.Scalar && Right.Type == TermType.Scalar ? TermType.Scalar : TermType.Vector;

    public bool IsComparison => Comparisons.Contains(Operator);

    public bool IsSet => SetOperators.Contains(Operator);

    public override IReadOnlyList<Term> Parts => [Left, Right];

    public override string AsOperand => $"({this})";

    public override Term WithParts(IReadOnlyList<Term> parts) => this with { Left = parts[0], Right = parts[1] };

    public override IEnumerable<Term> Plainer()
    {
        if (BreaksLine)
        {
            yield return this with { BreaksLine = false };
        }

        if (IsBool && Type == TermType.Vector)
        {
            yield return this with { IsBool = false };
        }

        if (Group.Length > 0)
        {
            yield return this with { Group = "", Include = null };
        }
        else if (Matching is not null)
        {
            yield return this with { IsOn = false, Matching = null };
        }
    }

    public override string ToString()
    {
        string matching = Matching is null ? "" : $" {(IsOn ? "on" : "ignoring")} {Writing.Labels(Matching)}";
        string group = Group.Length == 0 ? "" : $" {Group} {Writing.Labels(Include ?? [])}";
        return $"{Left.AsOperand} {Operator}{(IsBool ? " bool" : "")}{matching}{group}{(BreaksLine ? "\n" : " ")}{Right.AsOperand}";
    }
}
