namespace Pharos.Templating.Syntax;

/// <summary>A quoted text.</summary>
internal sealed class StringNode(int position, string quoted, string value) : Node(position)
{
    public string Value { get; } = value;

    public override string ToString() => quoted;
}
