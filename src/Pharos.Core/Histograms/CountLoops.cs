using System.Numerics;
using Pharos.Core.Samples;

namespace Pharos.Core.Histograms;

/// <summary>Arithmetic over counts of equal length, as many at a time as the processor takes, each with the bits of doing it one by one.</summary>
internal static class CountLoops
{
    public static void Add(Span<double> sums, ReadOnlySpan<double> values, bool isSubtraction)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var sum = new Vector<double>(sums[i..]);
            var value = new Vector<double>(values[i..]);
            (isSubtraction ? sum - value : sum + value).CopyTo(sums[i..]);
        }

        for (; i < sums.Length; i++)
        {
            sums[i] = isSubtraction ? sums[i] - values[i] : sums[i] + values[i];
        }
    }

    /// <summary>Compensated addition, value by value as <see cref="KahanSum"/> adds.</summary>
    public static void AddCompensated(Span<double> sums, Span<double> compensations, ReadOnlySpan<double> values, bool isSubtraction)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var sum = new Vector<double>(sums[i..]);
            var value = new Vector<double>(values[i..]);
            value = isSubtraction ? -value : value;
            Vector<double> total = sum + value;
            Vector<double> lost = Vector.ConditionalSelect(
                Vector.GreaterThanOrEqual(Vector.Abs(sum), Vector.Abs(value)).As<long, double>(),
                sum - total + value,
                value - total + sum);
            Vector<double> isInfinite = Vector.Equals(Vector.Abs(total), new Vector<double>(double.PositiveInfinity)).As<long, double>();
            Vector.ConditionalSelect(isInfinite, Vector<double>.Zero, new Vector<double>(compensations[i..]) + lost).CopyTo(compensations[i..]);
            total.CopyTo(sums[i..]);
        }

        for (; i < sums.Length; i++)
        {
            KahanSum.Add(isSubtraction ? -values[i] : values[i], ref sums[i], ref compensations[i]);
        }
    }

    public static void Scale(Span<double> counts, double factor, bool isDivision)
    {
        // Dividing is not the same as multiplying by the reciprocal.
        int i = 0;
        for (; i <= counts.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var count = new Vector<double>(counts[i..]);
            (isDivision ? count / new Vector<double>(factor) : count * factor).CopyTo(counts[i..]);
        }

        for (; i < counts.Length; i++)
        {
            counts[i] = isDivision ? counts[i] / factor : counts[i] * factor;
        }
    }

    public static bool AnyLess(ReadOnlySpan<double> values, ReadOnlySpan<double> than)
    {
        int i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            if (Vector.LessThanAny(new Vector<double>(values[i..]), new Vector<double>(than[i..])))
            {
                return true;
            }
        }

        for (; i < values.Length; i++)
        {
            if (values[i] < than[i])
            {
                return true;
            }
        }

        return false;
    }

    public static bool AnyZero(ReadOnlySpan<double> values)
    {
        int i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            if (Vector.EqualsAny(new Vector<double>(values[i..]), Vector<double>.Zero))
            {
                return true;
            }
        }

        for (; i < values.Length; i++)
        {
            if (values[i] == 0)
            {
                return true;
            }
        }

        return false;
    }

    public static bool AnyInfinite(ReadOnlySpan<double> values)
    {
        int i = 0;
        var infinity = new Vector<double>(double.PositiveInfinity);
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            if (Vector.EqualsAny(Vector.Abs(new Vector<double>(values[i..])), infinity))
            {
                return true;
            }
        }

        for (; i < values.Length; i++)
        {
            if (double.IsInfinity(values[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The greatest distance from 0; NaN only where a value is NaN, and 0 where there are none.</summary>
    public static double Magnitude(ReadOnlySpan<double> values)
    {
        double greatest = 0;
        int i = 0;
        if (values.Length >= Vector<double>.Count)
        {
            Vector<double> lanes = Vector<double>.Zero;
            for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                lanes = Vector.Max(lanes, Vector.Abs(new Vector<double>(values[i..])));
            }

            for (int lane = 0; lane < Vector<double>.Count; lane++)
            {
                greatest = Math.Max(greatest, lanes[lane]);
            }
        }

        for (; i < values.Length; i++)
        {
            greatest = Math.Max(greatest, Math.Abs(values[i]));
        }

        return greatest;
    }
}
