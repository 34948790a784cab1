using System.Diagnostics;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>From the operators of the syntax tree to those of the kernels, which know no tree.</summary>
internal static class BinaryOpArithmetic
{
    /// <summary>Only for operators on two numbers: none of sets, none of native histograms.</summary>
    public static Arithmetic ToArithmetic(this BinaryOp op) => op switch
    {
        BinaryOp.Add => Arithmetic.Add,
        BinaryOp.Sub => Arithmetic.Sub,
        BinaryOp.Mul => Arithmetic.Mul,
        BinaryOp.Div => Arithmetic.Div,
        BinaryOp.Mod => Arithmetic.Mod,
        BinaryOp.Pow => Arithmetic.Pow,
        BinaryOp.Atan2 => Arithmetic.Atan2,
        BinaryOp.Equal => Arithmetic.Equal,
        BinaryOp.NotEqual => Arithmetic.NotEqual,
        BinaryOp.Greater => Arithmetic.Greater,
        BinaryOp.Less => Arithmetic.Less,
        BinaryOp.GreaterOrEqual => Arithmetic.GreaterOrEqual,
        BinaryOp.LessOrEqual => Arithmetic.LessOrEqual,
        _ => throw new UnreachableException($"operator {op} on numbers"),
    };
}
