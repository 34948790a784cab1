using BenchmarkDotNet.Attributes;
using Pharos.PromQL.Functions;

namespace Pharos.Benchmarks.PromQL;

/// <summary>Nanoseconds per series and step of adding a full row to its group.</summary>
[MemoryDiagnoser]
public class FoldBenchmarks
{
    private const int Steps = 241;
    private const int Rows = 256;

    private readonly double[] _values = [.. Enumerable.Range(0, RowSpan.Padded(Steps)).Select(static i => i * 0.37)];
    private readonly ulong[] _present = new ulong[RowSpan.Words(Steps)];
    private readonly double[] _sum = new double[RowSpan.Padded(Steps)];
    private readonly double[] _compensation = new double[RowSpan.Padded(Steps)];
    private readonly int[] _count = new int[RowSpan.Padded(Steps)];

    private RowSpan Row => new(_values, _present, Steps);

    [GlobalSetup]
    public void Setup() => Row.SetAllPresent();

    [Benchmark(OperationsPerInvoke = Rows * Steps)]
    public void Sum()
    {
        for (int r = 0; r < Rows; r++)
        {
            Folds.Sum(Row, _sum, _compensation);
        }
    }

    [Benchmark(OperationsPerInvoke = Rows * Steps)]
    public void SumScalar()
    {
        for (int r = 0; r < Rows; r++)
        {
            Folds.SumScalar(Row, _sum, _compensation);
        }
    }

    [Benchmark(OperationsPerInvoke = Rows * Steps)]
    public void Max()
    {
        for (int r = 0; r < Rows; r++)
        {
            Folds.Extremum(Row, _sum, isMax: true);
        }
    }

    [Benchmark(OperationsPerInvoke = Rows * Steps)]
    public void Count()
    {
        for (int r = 0; r < Rows; r++)
        {
            Folds.Count(Row, _count);
        }
    }
}
