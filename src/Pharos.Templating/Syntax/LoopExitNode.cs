namespace Pharos.Templating.Syntax;

/// <summary><c>break</c> or <c>continue</c>.</summary>
internal sealed class LoopExitNode(int position, bool isBreak) : Node(position)
{
    public bool IsBreak { get; } = isBreak;

    public override string ToString() => IsBreak ? "{{break}}" : "{{continue}}";
}
