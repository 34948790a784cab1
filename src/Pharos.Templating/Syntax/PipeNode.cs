namespace Pharos.Templating.Syntax;

/// <summary>Commands of which each gets the value of the one before as its last argument; the last value may go to variables.</summary>
internal sealed class PipeNode(int position) : Node(position)
{
    /// <summary>Names with their <c>$</c>.</summary>
    public List<string> Variables { get; } = [];

    /// <summary>The variables exist already.</summary>
    public bool IsAssignment { get; set; }

    public List<CommandNode> Commands { get; } = [];

    public override string ToString()
    {
        string commands = string.Join(" | ", Commands);
        return Variables.Count == 0 ? commands : $"{string.Join(", ", Variables)} {(IsAssignment ? "=" : ":=")} {commands}";
    }
}
