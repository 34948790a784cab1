using System.Diagnostics;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>From the operators of the syntax tree to those of the kernels, which know no tree.</summary>
internal static class BinaryOpArithmetic
{
    /// <summary>Not for operators of sets.</summary>
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
        BinaryOp.TrimUpper => Arithmetic.TrimUpper,
        BinaryOp.TrimLower => Arithmetic.TrimLower,
        _ => throw new UnreachableException($"operator {op} of sets"),
    };
}
