namespace Pharos.Templating.Syntax;

/// <summary><c>if</c>, <c>with</c> or <c>range</c>.</summary>
internal sealed class BranchNode(int position, BranchKind kind, PipeNode pipe, ListNode body, ListNode? otherwise) : Node(position)
{
    public BranchKind Kind { get; } = kind;

    public PipeNode Pipe { get; } = pipe;

    public ListNode Body { get; } = body;

    public ListNode? Otherwise { get; } = otherwise;

    public override string ToString()
    {
        string word = Kind switch
        {
            BranchKind.If => "if",
            BranchKind.With => "with",
            _ => "range",
        };
        return Otherwise is null ? $"{{{{{word} {Pipe}}}}}{Body}{{{{end}}}}" : $"{{{{{word} {Pipe}}}}}{Body}{{{{else}}}}{Otherwise}{{{{end}}}}";
    }
}
