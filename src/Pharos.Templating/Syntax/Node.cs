namespace Pharos.Templating.Syntax;

/// <summary>A part of a template; its text is what messages show, as upstream writes it.</summary>
/// <param name="position">Where messages say it is, in UTF-16 units.</param>
internal abstract class Node(int position)
{
    public int Position { get; } = position;
}
