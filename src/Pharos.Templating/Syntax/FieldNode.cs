namespace Pharos.Templating.Syntax;

/// <summary>Fields of the dot: <c>.A.B</c>.</summary>
internal sealed class FieldNode(int position, IReadOnlyList<string> names) : Node(position)
{
    public IReadOnlyList<string> Names { get; } = names;

    public override string ToString() => string.Concat(Names.Select(static n => "." + n));
}
