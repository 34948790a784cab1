using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pharos.Core.Samples;

namespace Pharos.PromQL.Functions;

/// <summary>
/// Adds one row to the running aggregate of a group, for all steps at once. Rows are walked in blocks of eight steps, the bits of which are one byte
/// of the presence bitmap: a block in which every step has a value (nearly all) takes the vector path, an empty one is skipped, others go step by step.
/// Benchmark: FoldBenchmarks.
/// </summary>
internal static class Folds
{
    private const byte Full = 0xff;

    /// <summary>Compensated sum; <paramref name="sum"/> and <paramref name="compensation"/> begin as zeros.</summary>
    public static void Sum(RowSpan row, Span<double> sum, Span<double> compensation)
    {
        ReadOnlySpan<byte> blocks = Blocks(row);
        for (int b = 0; b < blocks.Length; b++)
        {
            if (blocks[b] == Full)
            {
                SumBlock(row.Values[(b * 8)..], sum[(b * 8)..], compensation[(b * 8)..]);
            }
            else
            {
                for (uint rest = blocks[b]; rest != 0; rest &= rest - 1)
                {
                    int s = (b * 8) + BitOperations.TrailingZeroCount(rest);
                    KahanSum.Add(row.Values[s], ref sum[s], ref compensation[s]);
                }
            }
        }
    }

    /// <summary>The larger or smaller value; <paramref name="best"/> begins as NaN, which loses against anything.</summary>
    public static void Extremum(RowSpan row, Span<double> best, bool isMax)
    {
        ReadOnlySpan<byte> blocks = Blocks(row);
        for (int b = 0; b < blocks.Length; b++)
        {
            if (blocks[b] == Full)
            {
                Vector512<double> value = Vector512.Create((ReadOnlySpan<double>)row.Values[(b * 8)..]);
                Span<double> target = best[(b * 8)..];
                Vector512<double> current = Vector512.Create((ReadOnlySpan<double>)target);
                Vector512<double> better = isMax ? Vector512.LessThan(current, value) : Vector512.GreaterThan(current, value);
                Vector512.ConditionalSelect(better | Vector512.IsNaN(current), value, current).CopyTo(target);
            }
            else
            {
                for (uint rest = blocks[b]; rest != 0; rest &= rest - 1)
                {
                    int s = (b * 8) + BitOperations.TrailingZeroCount(rest);
                    double value = row.Values[s];
                    if ((isMax ? best[s] < value : best[s] > value) || double.IsNaN(best[s]))
                    {
                        best[s] = value;
                    }
                }
            }
        }
    }

    /// <summary>How many rows had a value.</summary>
    public static void Count(RowSpan row, Span<int> count)
    {
        ReadOnlySpan<byte> blocks = Blocks(row);
        for (int b = 0; b < blocks.Length; b++)
        {
            if (blocks[b] == Full)
            {
                Span<int> target = count[(b * 8)..];
                (Vector256.Create((ReadOnlySpan<int>)target) + Vector256<int>.One).CopyTo(target);
            }
            else
            {
                for (uint rest = blocks[b]; rest != 0; rest &= rest - 1)
                {
                    count[(b * 8) + BitOperations.TrailingZeroCount(rest)]++;
                }
            }
        }
    }

    /// <summary>Whether a magnitude is above a limit. The length is a multiple of eight; NaN is above nothing.</summary>
    public static bool AnyAbove(ReadOnlySpan<double> values, double limit)
    {
        Vector512<double> limits = Vector512.Create(limit);
        for (int s = 0; s < values.Length; s += 8)
        {
            if (Vector512.GreaterThanAny(Vector512.Abs(Vector512.Create(values[s..])), limits))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Which steps any row had a value at.</summary>
    public static void Presence(ReadOnlySpan<ulong> row, Span<ulong> any)
    {
        for (int w = 0; w < any.Length; w++)
        {
            any[w] |= row[w];
        }
    }

    internal static void SumScalar(RowSpan row, Span<double> sum, Span<double> compensation)
    {
        for (int s = 0; s < row.Steps; s++)
        {
            if (row.Has(s))
            {
                KahanSum.Add(row.Values[s], ref sum[s], ref compensation[s]);
            }
        }
    }

    private static void SumBlock(ReadOnlySpan<double> values, Span<double> sums, Span<double> compensations)
    {
        Vector512<double> value = Vector512.Create(values);
        Vector512<double> sum = Vector512.Create((ReadOnlySpan<double>)sums);
        Vector512<double> compensation = Vector512.Create((ReadOnlySpan<double>)compensations);
        Vector512<double> total = sum + value;
        Vector512<double> larger = Vector512.GreaterThanOrEqual(Vector512.Abs(sum), Vector512.Abs(value));
        compensation += Vector512.ConditionalSelect(larger, sum - total + value, value - total + sum);
        Vector512<double> infinite = Vector512.Equals(Vector512.Abs(total), Vector512.Create(double.PositiveInfinity));
        total.CopyTo(sums);
        Vector512.AndNot(compensation, infinite).CopyTo(compensations);
    }

    // The bitmap as bytes, one for each block of eight steps that the row has. Bits are counted from the low end and the platform is little-endian.
    private static ReadOnlySpan<byte> Blocks(RowSpan row) => MemoryMarshal.AsBytes(row.Present)[..((row.Steps + 7) >> 3)];
}
