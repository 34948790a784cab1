namespace Pharos.Templating.Syntax;

/// <summary>The value that the template looks at.</summary>
internal sealed class DotNode(int position) : Node(position)
{
    public override string ToString() => ".";
}
