using System.Globalization;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>A constant number.</summary>
internal sealed class NumberPlan(double value) : PlanNode
{
    public double Value => value;

    public override ExprType Type => ExprType.Scalar;

    public override string Key => string.Create(CultureInfo.InvariantCulture, $"number {BitConverter.DoubleToUInt64Bits(value):x}");
}
