namespace Pharos.Templating.Syntax;

/// <summary>A variable and fields of it: <c>$x.A.B</c>.</summary>
internal sealed class VariableNode(int position, string name, IReadOnlyList<string> names) : Node(position)
{
    /// <summary>With its <c>$</c>.</summary>
    public string Name { get; } = name;

    public IReadOnlyList<string> Names { get; } = names;

    public override string ToString() => Name + string.Concat(Names.Select(static n => "." + n));
}
