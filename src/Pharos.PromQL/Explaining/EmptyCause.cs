using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Explaining;

/// <summary>Finds the node where an empty answer lost its series: down from the root along empty operands to the first that says why.</summary>
internal static class EmptyCause
{
    /// <summary>The node, whose first note is the reason; null when the answer is not empty or nothing is known.</summary>
    public static NodeDraft? Find(NodeDraft root, QueryResult result) =>
        result is { Type: ExprType.Vector or ExprType.Matrix, Rows.Count: 0 } ? FindBelow(root) : null;

    private static NodeDraft? FindBelow(NodeDraft node)
    {
        // What is shown a second time has its notes at the first.
        node = node.SameAs ?? node;
        if (node.Notes.Exists(static note => note.IsCause))
        {
            return node;
        }

        // An operand that has something is no reason; of the others the first in the text is told.
        foreach (NodeDraft operand in node.Children)
        {
            if ((operand.IsEmpty || operand.IsTransparent) && FindBelow(operand) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
