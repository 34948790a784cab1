namespace Pharos.Templating.Syntax;

/// <summary>Fields of an operand: <c>(f x).A.B</c>.</summary>
internal sealed class ChainNode(int position, Node operand, IReadOnlyList<string> names) : Node(position)
{
    public Node Operand { get; } = operand;

    public IReadOnlyList<string> Names { get; } = names;

    public override string ToString() => (Operand is PipeNode ? $"({Operand})" : Operand.ToString()) + string.Concat(Names.Select(static n => "." + n));
}
