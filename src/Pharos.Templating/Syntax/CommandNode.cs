namespace Pharos.Templating.Syntax;

/// <summary>An operand, or a function or method with its arguments.</summary>
internal sealed class CommandNode(int position) : Node(position)
{
    public List<Node> Operands { get; } = [];

    public override string ToString() => string.Join(' ', Operands.Select(static o => o is PipeNode ? $"({o})" : o.ToString()));
}
