using Pharos.PromQL.Syntax.Functions;

namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>A function applied to arguments; the parser has checked their number and types.</summary>
public sealed class Call : Expr
{
    /// <summary>A function of as many arguments of such types as it takes.</summary>
    public Call(Function function, IReadOnlyList<Expr> arguments, PositionRange position)
        : base(function.ReturnType, position, DeepestOf(arguments))
    {
        Function = function;
        Arguments = arguments;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => Arguments;

    /// <summary>Which one.</summary>
    public Function Function { get; }

    /// <summary>In the order of the text.</summary>
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
