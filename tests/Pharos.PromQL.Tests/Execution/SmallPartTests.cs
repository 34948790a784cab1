using Pharos.PromQL.Execution;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Tests.Execution;

public class SmallPartTests
{
    [Theory]
    [InlineData(true, new[] { 9.0, 7, 5 })]
    [InlineData(false, new[] { 1.0, 2, 3 })]
    public void A_heap_keeps_the_best_and_NaN_only_for_want_of_others(bool isMax, double[] expected)
    {
        double[] values = new double[3];
        int[] rows = new int[3];
        var heap = new KHeap(values, rows, isMax);
        int count = 0;
        double[] offered = [double.NaN, 5, 3, 9, 1, double.NaN, 7, 2];
        for (int row = 0; row < offered.Length; row++)
        {
            count = heap.Offer(count, 3, offered[row], row);
        }

        heap.Sort(count);
        Assert.Equal(expected, values);
        Assert.Equal(expected, rows.Select(r => offered[r]));
    }

    [Fact]
    public void A_budget_remembers_its_peak_and_refuses_what_is_above_the_limit()
    {
        var budget = new SampleBudget(100);
        budget.Charge(60);
        long held = budget.Current;
        budget.Charge(40);
        budget.Reset(held);

        Assert.Equal((60, 100), (budget.Current, budget.Peak));
        Assert.Equal(QueryErrorKind.TooManySamples, Assert.Throws<QueryException>(() => budget.Charge(41)).Kind);
        Assert.Throws<QueryException>(() => budget.CheckCells(10_000_000, 1000));
        new SampleBudget(0).Charge(long.MaxValue / 2);
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(3, "3")]
    [InlineData(0.123, "0.12")]
    [InlineData(12.5, "12")]
    [InlineData(123, "1.2e+02")]
    [InlineData(0.0000123, "1.2e-05")]
    public void Two_significant_digits_as_Go_prints_them(double value, string expected) => Assert.Equal(expected, AnnotationText.TwoDigits(value));

    [Theory]
    [InlineData("abc", 0, "1:1")]
    [InlineData("a\nbc", 3, "2:2")]
    [InlineData("é + x", 5, "1:6")]
    [InlineData("", 0, "unknown position")]
    [InlineData("a", 9, "invalid position")]
    public void Positions_count_lines_and_bytes(string query, int start, string expected) =>
        Assert.Equal(expected, AnnotationText.Position(query, new PositionRange(start, start)));

    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(1000, 1, 1)]
    [InlineData(4096, 1, 4)]
    [InlineData(1_000_000, 1, 16)]
    [InlineData(100, 11_000, 4)]
    [InlineData(2, 1_000_000, 2)]
    public void Partitions_follow_the_data(long rows, int steps, int expected) => Assert.Equal(expected, QueryRun.PartitionsFor(rows, steps));

    [Fact]
    public void Partitions_cover_all_rows_once()
    {
        Assert.Equal([(0, 33), (33, 66), (66, 100)], Enumerable.Range(0, 3).Select(static p => QueryRun.Bounds(100, 3, p)));
    }

    [Fact]
    public void Vector_operators_agree_with_scalar_ones()
    {
        var random = new Random(6);
        double[] left = [.. Enumerable.Range(0, 64).Select(_ => random.Next(8) == 0 ? double.NaN : random.Next(-5, 5) * 0.75)];
        double[] right = [.. Enumerable.Range(0, 64).Select(_ => random.Next(8) == 0 ? double.PositiveInfinity : random.Next(-5, 5) * 0.75)];
        double[] result = new double[64];
        foreach (Arithmetic op in Enum.GetValues<Arithmetic>().Where(static o => !BinaryArithmetic.IsComparison(o) && !BinaryArithmetic.IsTrim(o)))
        {
            BinaryArithmetic.Compute(op, left, right, result);
            Assert.Equal(left.Zip(right, (l, r) => BinaryArithmetic.Compute(op, l, r)), result);
        }
    }

    [Fact]
    public void A_comparison_filters_or_answers()
    {
        double[] values = [1, 2, 3, 0, 0, 0, 0, 0];
        var row = new RowSpan((double[])values.Clone(), new ulong[1], 8);
        row.Set(0, 1);
        row.Set(2, 3);
        BinaryArithmetic.Compare(Arithmetic.Greater, row.Values, Enumerable.Repeat(2.0, 8).ToArray(), asNumber: false, row);
        Assert.Equal(0b100UL, row.Present[0]);

        BinaryArithmetic.Compare(Arithmetic.Greater, row.Values, Enumerable.Repeat(5.0, 8).ToArray(), asNumber: true, row);
        Assert.Equal((1, 0.0), (row.CountPresent(), row.Values[2]));
    }

    [Fact]
    public void A_row_has_no_bits_behind_its_last_step()
    {
        foreach (int steps in new[] { 1, 63, 64, 65, 130 })
        {
            var row = new RowSpan(new double[RowSpan.Padded(steps)], new ulong[RowSpan.Words(steps)], steps);
            row.SetAllPresent();
            Assert.Equal(steps, row.CountPresent());
            row.Unset(0);
            Assert.Equal((steps - 1, false), (row.CountPresent(), row.Has(0)));
        }
    }

    [Fact]
    public void Tables_keep_rows_apart()
    {
        var table = new RowTable(3, 70);
        table[1].Set(69, 5);

        Assert.Equal((1, true, false, false), (table.CountSamples(), table[1].Has(69), table[0].Has(69), table[2].Has(69)));
        Assert.Equal(5, table.ValueMemory(1).Span[69]);
    }
}
