namespace Pharos.Templating.Syntax;

/// <summary>A pipeline whose value is printed, unless it goes to a variable.</summary>
internal sealed class ActionNode(int position, PipeNode pipe) : Node(position)
{
    public PipeNode Pipe { get; } = pipe;

    public override string ToString() => $"{{{{{Pipe}}}}}";
}
