namespace Pharos.Templating.Syntax;

/// <summary>The constant <c>nil</c>.</summary>
internal sealed class NilNode(int position) : Node(position)
{
    public override string ToString() => "nil";
}
