using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

/// <summary>One series and a grid of windows, for kernels by themselves.</summary>
internal sealed class KernelScene
{
    private readonly WindowBounds _bounds;

    public KernelScene(long[] timestamps, double[] values, StepTimes times, long range, double[]? arguments = null)
    {
        Timestamps = timestamps;
        Values = values;
        Times = times;
        Range = range;
        Arguments = arguments ?? [];
        _bounds = new WindowBounds(times.Count);
        _bounds.Update(timestamps, times, range);
    }

    public long[] Timestamps { get; }

    public double[] Values { get; }

    public StepTimes Times { get; }

    public long Range { get; }

    public double[] Arguments { get; }

    /// <summary>Series of several characters: even or ragged times, counters with resets, gauges with NaN, infinities and zeros of both signs.</summary>
    public static IEnumerable<KernelScene> Many(int count, bool special)
    {
        for (int seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            int samples = random.Next(0, 400);
            long[] timestamps = new long[samples];
            double[] values = new double[samples];
            long time = 1_000_000;
            double value = 0;
            bool isEven = random.Next(3) > 0;
            for (int i = 0; i < samples; i++)
            {
                time += isEven ? 15_000 : random.Next(1, 60_000);
                value = random.Next(40) == 0 ? random.Next(5) : value + (random.Next(4) * 0.37);
                timestamps[i] = time;
                values[i] = special && random.Next(20) == 0 ? Special(random) : value;
            }

            long step = new[] { 0L, 1000L, 15_000L, 60_000L, 300_000L }[random.Next(5)];
            var times = new StepTimes(1_000_000 + random.Next(0, 4_000_000), step, random.Next(1, 150));
            yield return new KernelScene(timestamps, values, times, random.Next(1, 2_000_000), Enumerable.Repeat(random.NextDouble(), times.Count).ToArray());
        }
    }

    /// <summary>The row a kernel computes; null where it has no value.</summary>
    public double?[] Run(RangeKernel kernel)
    {
        double[] values = new double[RowSpan.Padded(Times.Count)];
        ulong[] present = new ulong[RowSpan.Words(Times.Count)];
        var row = new RowSpan(values, present, Times.Count);
        var input = new RangeInput
        {
            Timestamps = Timestamps,
            Values = Values,
            Windows = _bounds,
            Times = Times,
            EvaluationTimes = Times,
            Range = Range,
            Arguments = Arguments,
        };
        kernel.Compute(input, row);
        double?[] result = new double?[Times.Count];
        for (int s = 0; s < result.Length; s++)
        {
            result[s] = row.Has(s) ? values[s] : null;
        }

        return result;
    }

    /// <summary>What a function of each window by itself gives; null is no value.</summary>
    public double?[] Naive(Func<(long Time, double Value)[], long, double?> function)
    {
        double?[] result = new double?[Times.Count];
        for (int s = 0; s < result.Length; s++)
        {
            long right = Times.At(s);
            (long Time, double Value)[] window =
                [.. Timestamps.Zip(Values).Where(p => p.First > right - Range && p.First <= right).Select(static p => (p.First, p.Second))];
            result[s] = function(window, right);
        }

        return result;
    }

    /// <summary>Equal in every bit, NaN being equal to NaN.</summary>
    public static void AssertSame(double?[] expected, double?[] actual)
    {
        for (int s = 0; s < expected.Length; s++)
        {
            bool same = expected[s] is { } e && actual[s] is { } a
                ? BitConverter.DoubleToInt64Bits(e) == BitConverter.DoubleToInt64Bits(a) || (double.IsNaN(e) && double.IsNaN(a))
                : expected[s] is null && actual[s] is null;
            Assert.True(same, $"step {s}: expected {expected[s]:R}, got {actual[s]:R}");
        }
    }

    private static double Special(Random random) => random.Next(5) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        3 => -0.0,
        _ => 0.0,
    };
}
