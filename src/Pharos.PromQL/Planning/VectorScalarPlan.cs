using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>An operator between a vector and a number; unary minus is a multiplication by -1.</summary>
internal sealed class VectorScalarPlan : PlanNode
{
    public required BinaryOp Op { get; init; }

    public required PlanNode Vector { get; init; }

    public required PlanNode Scalar { get; init; }

    /// <summary>The number stands on the left.</summary>
    public required bool IsScalarLeft { get; init; }

    /// <summary>A comparison answers 0 or 1.</summary>
    public required bool ReturnBool { get; init; }

    /// <summary>It is an unary minus: of histograms upstream then keeps empty buckets.</summary>
    public bool IsNegation { get; init; }

    public override ExprType Type => ExprType.Vector;

    public override string Key => $"{Vector.Id} {Op} {Scalar.Id}{(IsScalarLeft ? " swapped" : "")}{(ReturnBool ? " bool" : "")}{(IsNegation ? " negation" : "")}";

    public override string? ScanKey => Vector.ScanKey;
}
