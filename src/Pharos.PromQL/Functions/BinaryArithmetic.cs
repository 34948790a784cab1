using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Pharos.PromQL.Functions;

/// <summary>Binary operators on numbers and on rows of them.</summary>
internal static class BinaryArithmetic
{
    public static bool IsComparison(Arithmetic op) => op >= Arithmetic.Equal;

    /// <summary>Operators that have a result with a histogram on the left side only.</summary>
    public static bool IsTrim(Arithmetic op) => op is Arithmetic.TrimUpper or Arithmetic.TrimLower;

    /// <summary>An arithmetic operator's result.</summary>
    public static double Compute(Arithmetic op, double left, double right) => op switch
    {
        Arithmetic.Add => left + right,
        Arithmetic.Sub => left - right,
        Arithmetic.Mul => left * right,
        Arithmetic.Div => left / right,
        Arithmetic.Mod => left % right,
        Arithmetic.Pow => Math.Pow(left, right),
        Arithmetic.Atan2 => Math.Atan2(left, right),
        _ => throw new UnreachableException($"operator {op} on numbers"),
    };

    /// <summary>A comparison's answer.</summary>
    public static bool Test(Arithmetic op, double left, double right) => op switch
    {
        Arithmetic.Equal => left == right,
        Arithmetic.NotEqual => left != right,
        Arithmetic.Greater => left > right,
        Arithmetic.Less => left < right,
        Arithmetic.GreaterOrEqual => left >= right,
        Arithmetic.LessOrEqual => left <= right,
        _ => throw new UnreachableException($"operator {op} on numbers"),
    };

    /// <summary>
    /// Computes place by place into <paramref name="result"/>, which may be one of the operands. All three are of one length, a multiple of eight.
    /// Places that stand for no value are computed too: arithmetic on any bits is harmless, and cheaper than looking.
    /// </summary>
    public static void Compute(Arithmetic op, ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result)
    {
        if (op is Arithmetic.Mod or Arithmetic.Pow or Arithmetic.Atan2)
        {
            for (int s = 0; s < result.Length; s++)
            {
                result[s] = Compute(op, left[s], right[s]);
            }

            return;
        }

        for (int s = 0; s < result.Length; s += 8)
        {
            Vector512<double> l = Vector512.Create(left[s..]);
            Vector512<double> r = Vector512.Create(right[s..]);
            Vector512<double> value = op switch
            {
                Arithmetic.Add => l + r,
                Arithmetic.Sub => l - r,
                Arithmetic.Mul => l * r,
                _ => l / r,
            };
            value.CopyTo(result[s..]);
        }
    }

    /// <summary>
    /// Compares the present places of a row: a place that fails loses its bit, or with <paramref name="asNumber"/> every place becomes 0 or 1.
    /// </summary>
    public static void Compare(Arithmetic op, ReadOnlySpan<double> left, ReadOnlySpan<double> right, bool asNumber, RowSpan result)
    {
        for (int s = 0; s < result.Steps; s++)
        {
            if (result.Has(s))
            {
                bool holds = Test(op, left[s], right[s]);
                if (asNumber)
                {
                    result.Values[s] = holds ? 1 : 0;
                }
                else if (!holds)
                {
                    result.Unset(s);
                }
            }
        }
    }
}
