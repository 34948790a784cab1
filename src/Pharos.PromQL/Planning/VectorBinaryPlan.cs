using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>An operator between two vectors.</summary>
internal sealed class VectorBinaryPlan : PlanNode
{
    public required BinaryOp Op { get; init; }

    public required PlanNode Left { get; init; }

    public required PlanNode Right { get; init; }

    public required VectorMatching Matching { get; init; }

    public required bool ReturnBool { get; init; }

    public override ExprType Type => ExprType.Vector;

    public override string Key
    {
        get
        {
            string names = string.Join('\u0001', Matching.MatchingLabels);
            string include = string.Join('\u0001', Matching.Include);
            return $"{Left.Id} {Op} {Right.Id} {ReturnBool} {Matching.Card} {Matching.On} {names};{include};{Matching.FillLeft:r};{Matching.FillRight:r}";
        }
    }
}
