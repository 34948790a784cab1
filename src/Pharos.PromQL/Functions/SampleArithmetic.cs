using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>Binary operators on values of which any may be a histogram. For rows of numbers there is <see cref="BinaryArithmetic"/>.</summary>
internal static class SampleArithmetic
{
    private static readonly PairResult Incompatible = new(default, Holds: false, HistogramNotices.IncompatibleTypes);

    /// <summary>Whether the operator can give a histogram, given which sides may be one.</summary>
    public static bool GivesHistograms(Arithmetic op, bool left, bool right) => op switch
    {
        Arithmetic.Add or Arithmetic.Sub or Arithmetic.Equal or Arithmetic.NotEqual => left && right,
        Arithmetic.Mul => left || right,
        Arithmetic.Div or Arithmetic.TrimUpper or Arithmetic.TrimLower => left,
        _ => false,
    };

    public static PairResult Apply(Arithmetic op, SampleValue left, SampleValue right) => (left.Histogram, right.Histogram) switch
    {
        (null, null) => Numbers(op, left.Number, right.Number),
        (null, { } r) => op == Arithmetic.Mul ? Result(NativeHistogramArithmetic.Multiply(r, left.Number)) : Incompatible,
        ({ } l, null) => WithNumber(op, l, right.Number),
        ({ } l, { } r) => Histograms(op, l, r),
    };

    private static PairResult Numbers(Arithmetic op, double left, double right)
    {
        if (BinaryArithmetic.IsTrim(op))
        {
            return Incompatible;
        }

        return BinaryArithmetic.IsComparison(op)
            ? new PairResult(new SampleValue(left), BinaryArithmetic.Test(op, left, right))
            : new PairResult(new SampleValue(BinaryArithmetic.Compute(op, left, right)), Holds: true);
    }

    private static PairResult WithNumber(Arithmetic op, FloatHistogram histogram, double number) => op switch
    {
        Arithmetic.Mul => Result(NativeHistogramArithmetic.Multiply(histogram, number)),
        Arithmetic.Div => Result(NativeHistogramArithmetic.Divide(histogram, number)),
        Arithmetic.TrimUpper => new PairResult(new SampleValue(0, histogram.TrimUpper(number)), Holds: true),
        Arithmetic.TrimLower => new PairResult(new SampleValue(0, histogram.TrimLower(number)), Holds: true),
        _ => Incompatible,
    };

    private static PairResult Histograms(Arithmetic op, FloatHistogram left, FloatHistogram right)
    {
        HistogramNotices notices = HistogramNotices.None;
        switch (op)
        {
            case Arithmetic.Equal:
                return new PairResult(new SampleValue(0, left), left.ContentEquals(right));
            case Arithmetic.NotEqual:
                return new PairResult(new SampleValue(0, left), !left.ContentEquals(right));
            case Arithmetic.Add:
                return Result(NativeHistogramArithmetic.Add(left, right, ref notices), notices);
            case Arithmetic.Sub:
                return Result(NativeHistogramArithmetic.Subtract(left, right, ref notices), notices);
            default:
                return Incompatible;
        }
    }

    private static PairResult Result(FloatHistogram? histogram, HistogramNotices notices = HistogramNotices.None)
    {
        var result = new PairResult(new SampleValue(0, histogram), Holds: true, notices);
        return result.IsRefused ? new PairResult(default, Holds: false, notices) : result;
    }
}
