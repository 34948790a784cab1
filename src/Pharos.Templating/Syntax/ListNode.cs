namespace Pharos.Templating.Syntax;

/// <summary>What stands between two control actions.</summary>
internal sealed class ListNode(int position) : Node(position)
{
    public List<Node> Nodes { get; } = [];

    public override string ToString() => string.Concat(Nodes);
}
