using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

public class FoldsTests
{
    [Fact]
    public void A_vector_sum_has_the_bits_of_the_scalar_one()
    {
        var random = new Random(7);
        foreach (int steps in new[] { 1, 7, 8, 9, 63, 64, 65, 241 })
        {
            double[] sum = new double[RowSpan.Padded(steps)], compensation = new double[RowSpan.Padded(steps)];
            double[] slowSum = new double[RowSpan.Padded(steps)], slowCompensation = new double[RowSpan.Padded(steps)];
            for (int r = 0; r < 200; r++)
            {
                RowSpan row = RandomRow(random, steps);
                Folds.Sum(row, sum, compensation);
                Folds.SumScalar(row, slowSum, slowCompensation);
            }

            Assert.Equal(Bits(slowSum), Bits(sum));
            Assert.Equal(Bits(slowCompensation), Bits(compensation));
        }
    }

    [Fact]
    public void Extrema_and_counts_see_present_values_only_and_NaN_loses()
    {
        var random = new Random(8);
        const int Steps = 100;
        double[] max = Enumerable.Repeat(double.NaN, RowSpan.Padded(Steps)).ToArray();
        double[] expected = Enumerable.Repeat(double.NaN, RowSpan.Padded(Steps)).ToArray();
        int[] count = new int[RowSpan.Padded(Steps)];
        int[] expectedCount = new int[RowSpan.Padded(Steps)];
        for (int r = 0; r < 100; r++)
        {
            RowSpan row = RandomRow(random, Steps);
            Folds.Extremum(row, max, isMax: true);
            Folds.Count(row, count);
            for (int s = 0; s < Steps; s++)
            {
                if (row.Has(s))
                {
                    expectedCount[s]++;
                    expected[s] = expected[s] < row.Values[s] || double.IsNaN(expected[s]) ? row.Values[s] : expected[s];
                }
            }
        }

        Assert.Equal(expected.AsSpan(0, Steps).ToArray(), max.AsSpan(0, Steps).ToArray());
        Assert.Equal(expectedCount, count);
    }

    [Fact]
    public void Magnitudes_are_compared_without_minding_NaN()
    {
        Assert.False(Folds.AnyAbove([1, double.NaN, -5, 0, 0, 0, 0, 0], 10));
        Assert.True(Folds.AnyAbove([1, double.NaN, -50, 0, 0, 0, 0, 0], 10));
    }

    private static RowSpan RandomRow(Random random, int steps)
    {
        var row = new RowSpan(new double[RowSpan.Padded(steps)], new ulong[RowSpan.Words(steps)], steps);
        bool isFull = random.Next(2) == 0;
        for (int s = 0; s < steps; s++)
        {
            row.Values[s] = random.Next(30) switch
            {
                0 => double.NaN,
                1 => 1e300,
                _ => random.NextDouble() * Math.Pow(10, random.Next(-10, 10)),
            };
            if (isFull || random.Next(3) > 0)
            {
                row.Set(s, row.Values[s]);
            }
        }

        return row;
    }

    private static long[] Bits(double[] values) => [.. values.Select(static v => double.IsNaN(v) ? 1 : BitConverter.DoubleToInt64Bits(v))];
}
