namespace Pharos.Templating.Syntax;

/// <summary>Text between actions.</summary>
internal sealed class TextNode(int position, string text) : Node(position)
{
    public string Text { get; } = text;

    public override string ToString() => Text;
}
