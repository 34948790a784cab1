using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>What a binary operator does with matched values.</summary>
internal readonly struct ElementOperator
{
    private readonly Arithmetic _op;
    private readonly bool _returnBool;

    public ElementOperator(BinaryOp op, bool returnBool)
    {
        _returnBool = returnBool;
        _op = op.ToArithmetic();
    }

    /// <summary>The result is another quantity than the operand: its name goes at once.</summary>
    public bool ChangesMeaning => !BinaryArithmetic.IsComparison(_op) && !IsTrim;

    /// <summary>Whether the result may be a histogram, given which sides may be one.</summary>
    public bool GivesHistograms(bool left, bool right) => !_returnBool && SampleArithmetic.GivesHistograms(_op, left, right);

    /// <summary>The operator has results for histograms only.</summary>
    public bool IsTrim => BinaryArithmetic.IsTrim(_op);

    /// <summary>The result for one pair of which any may be a histogram; a comparison that answers 0 or 1 always holds.</summary>
    public PairResult Apply(SampleValue left, SampleValue right)
    {
        PairResult result = SampleArithmetic.Apply(_op, left, right);
        return _returnBool && !result.IsRefused ? new PairResult(new SampleValue(result.Holds ? 1 : 0), Holds: true, result.Notices) : result;
    }

    /// <summary>The result for one pair of numbers; false drops it.</summary>
    public bool TryApply(double left, double right, out double result)
    {
        if (ChangesMeaning)
        {
            result = BinaryArithmetic.Compute(_op, left, right);
            return true;
        }

        bool holds = BinaryArithmetic.Test(_op, left, right);
        result = _returnBool ? (holds ? 1 : 0) : left;
        return holds || _returnBool;
    }

    /// <summary>Combines rows: <paramref name="output"/> holds the left values and the bits of both.</summary>
    public void Apply(ReadOnlySpan<double> right, RowSpan output)
    {
        if (ChangesMeaning)
        {
            BinaryArithmetic.Compute(_op, output.Values, right, output.Values);
        }
        else
        {
            BinaryArithmetic.Compare(_op, output.Values, right, _returnBool, output);
        }
    }
}
