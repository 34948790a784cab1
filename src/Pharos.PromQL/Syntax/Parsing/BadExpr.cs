using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax.Parsing;

/// <summary>Stands where an error was noted, so that the parse can go on. Never handed out.</summary>
internal sealed class BadExpr : Expr
{
    public BadExpr(PositionRange position, bool isRange = false)
        : base(isRange ? ExprType.Matrix : ExprType.Vector, position)
    {
        IsRange = isRange;
    }

    /// <summary>A range of something that is no selector.</summary>
    public bool IsRange { get; }
}
