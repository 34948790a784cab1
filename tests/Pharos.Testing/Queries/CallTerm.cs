namespace Pharos.Testing.Queries;

/// <summary>A function with its arguments, what is text behind the others; a sign is a function too.</summary>
public sealed record CallTerm(TermType Type, string Name, IReadOnlyList<Term> Parts, params IReadOnlyList<string> Texts) : Term
{
    public override TermType Type { get; } = Type;

    public override IReadOnlyList<Term> Parts { get; } = Parts;

    public override string AsOperand => Name is "-" or "+" ? $"({this})" : ToString();

    public override Term WithParts(IReadOnlyList<Term> parts) => new CallTerm(Type, Name, parts, Texts);

    public override string ToString() => $"{Name}({string.Join(", ", [.. Parts.Select(static p => p.ToString()), .. Texts.Select(Writing.Quote)])})";
}
