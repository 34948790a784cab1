namespace Pharos.Testing.Queries;

/// <summary>A function with its arguments; what is text stands behind them.</summary>
public sealed record CallTerm(TermType Type, string Name, IReadOnlyList<Term> Parts, params IReadOnlyList<string> Texts) : Term
{
    public override TermType Type { get; } = Type;

    public override IReadOnlyList<Term> Parts { get; } = Parts;

    public override Term WithParts(IReadOnlyList<Term> parts) => new CallTerm(Type, Name, parts, Texts);

    public override string ToString() => $"{Name}({string.Join(", ", [.. Parts.Select(static p => p.ToString()), .. Texts.Select(static t => $"'{t}'")])})";
}
