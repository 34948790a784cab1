namespace Pharos.PromQL.Explaining;

/// <summary>What one run of a query saw at each of its parts, and why it is empty if it is. Immutable, usable from any thread.</summary>
public sealed class QueryExplanation
{
    /// <summary>The query; positions point into its UTF-8 form.</summary>
    public required string Query { get; init; }

    /// <summary>The parts in the order of a walk: parents before children, children in the order of the text. The first is the whole query.</summary>
    public required IReadOnlyList<ExplainedNode> Nodes { get; init; }

    /// <summary>There are more parts than are told: those behind the first ten thousand are left out.</summary>
    public bool IsCut { get; init; }

    /// <summary>The answer; null when there is an <see cref="Error"/>.</summary>
    public QueryResult? Result { get; init; }

    /// <summary>Why there is no answer; what was measured up to then is in the nodes.</summary>
    public QueryException? Error { get; init; }

    /// <summary>What it took, explaining left out; of a failed query up to its end.</summary>
    public required QueryStatistics Statistics { get; init; }

    /// <summary>The node where an empty answer lost its series and the note that says why; null when the answer is not empty or nothing is known.</summary>
    public (ExplainedNode Node, ExplanationNote Note)? EmptyBecause { get; init; }

    /// <summary>The parts that have a node as their parent, in the order of the text.</summary>
    public IEnumerable<ExplainedNode> ChildrenOf(ExplainedNode node) => Nodes.Where(child => child.Parent == node.Id);
}
