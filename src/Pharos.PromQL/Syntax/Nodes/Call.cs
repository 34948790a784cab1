using Pharos.PromQL.Syntax.Functions;

namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>A function applied to arguments; the parser has checked their number and types.</summary>
public sealed class Call : Expr
{
    public Call(Function function, IReadOnlyList<Expr> arguments, PositionRange position)
        : base(function.ReturnType, position, DeepestOf(arguments))
    {
        Function = function;
        Arguments = arguments;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => Arguments;

    public Function Function { get; }

    public IReadOnlyList<Expr> Arguments { get; }

    private static int DeepestOf(IReadOnlyList<Expr> arguments)
    {
        int deepest = 0;
        foreach (Expr argument in arguments)
        {
            deepest = Math.Max(deepest, argument.Depth);
        }

        return deepest;
    }
}
