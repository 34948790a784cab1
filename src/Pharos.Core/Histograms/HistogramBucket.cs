using Pharos.Core.Buffers;

namespace Pharos.Core.Histograms;

/// <summary>One bucket of a native histogram.</summary>
/// <param name="Lower">The lower bound, -Inf for the first custom bucket.</param>
/// <param name="Upper">The upper bound, +Inf for the last custom bucket.</param>
/// <param name="IsLowerInclusive">Whether observations equal to the lower bound count.</param>
/// <param name="IsUpperInclusive">Whether observations equal to the upper bound count.</param>
/// <param name="Count">Observations in this bucket alone.</param>
public readonly record struct HistogramBucket(double Lower, double Upper, bool IsLowerInclusive, bool IsUpperInclusive, double Count)
{
    /// <summary>The number that stands for the kind of bounds in the HTTP API: 0 open left, 1 open right, 2 open on both sides, 3 closed.</summary>
    public int BoundaryRule => (IsLowerInclusive, IsUpperInclusive) switch
    {
        (false, true) => 0,
        (true, false) => 1,
        (false, false) => 2,
        _ => 3,
    };

    /// <summary>
    /// The part of the bucket's width, 0 to 1, at or below a value strictly between its bounds, which are finite: by the value itself, or by its
    /// logarithm as exponential buckets are spread.
    /// </summary>
    public double FractionBelow(double value, bool isLinear)
    {
        if (isLinear)
        {
            return (value - Lower) / (Upper - Lower);
        }

        double logLower = Math.Log2(Math.Abs(Lower));
        double logUpper = Math.Log2(Math.Abs(Upper));
        double logValue = Math.Log2(Math.Abs(value));
        return value > 0 ? (logValue - logLower) / (logUpper - logLower) : 1 - ((logValue - logUpper) / (logLower - logUpper));
    }

    /// <summary>The bucket as upstream writes it, <c>(0.5,1]:2</c>.</summary>
    public override string ToString() =>
        $"{(IsLowerInclusive ? '[' : '(')}{FloatWriter.ToGeneralString(Lower)},{FloatWriter.ToGeneralString(Upper)}"
        + $"{(IsUpperInclusive ? ']' : ')')}:{FloatWriter.ToGeneralString(Count)}";
}
