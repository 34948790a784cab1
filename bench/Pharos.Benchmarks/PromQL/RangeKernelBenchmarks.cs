using BenchmarkDotNet.Attributes;
using Pharos.PromQL.Functions;

namespace Pharos.Benchmarks.PromQL;

/// <summary>Nanoseconds per series and step of range functions, after decoding; the windows are those of the series before, as nearly always.</summary>
[MemoryDiagnoser]
public class RangeKernelBenchmarks
{
    private const int Series = 64;
    private const int Steps = 241;

    private readonly double[] _output = new double[RowSpan.Padded(Steps)];
    private readonly ulong[] _present = new ulong[RowSpan.Words(Steps)];
    private readonly double[] _arguments = new double[Steps];
    private double[][] _values = [];
    private long[] _timestamps = [];
    private StepTimes _times;
    private long _range;
    private WindowBounds _bounds = new(Steps);
    private RangeKernel _kernel = new SumKernel(isAverage: false);

    [Params("rate", "increase", "sum_over_time", "avg_over_time", "max_over_time", "quantile_over_time", "deriv")]
    public string Function { get; set; } = "";

    /// <summary>Window and step in seconds over samples 15 s apart.</summary>
    [Params("300/15", "300/60", "1800/60")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        string[] shape = Shape.Split('/');
        _range = long.Parse(shape[0]) * 1000;
        _times = new StepTimes(_range + 5000, long.Parse(shape[1]) * 1000, Steps);
        _timestamps = [.. Enumerable.Range(0, (int)(_times.End / 15_000) + 1).Select(static i => (i * 15_000L) + 3000)];
        var random = new Random(1);
        _values = new double[Series][];
        for (int i = 0; i < Series; i++)
        {
            double value = 100;
            _values[i] = [.. _timestamps.Select(_ => value += random.Next(10) / 3.0)];
        }

        Array.Fill(_arguments, 0.9);
        _bounds = new WindowBounds(Steps);
        _kernel = RangeKernels.Create(Function)!;
    }

    [Benchmark(OperationsPerInvoke = Series * Steps)]
    public double Kernel()
    {
        foreach (double[] values in _values)
        {
            _bounds.Update(_timestamps, _times, _range);
            var input = new RangeInput
            {
                Timestamps = _timestamps,
                Values = values,
                Windows = _bounds,
                Times = _times,
                EvaluationTimes = _times,
                Range = _range,
                Arguments = _arguments,
            };
            _kernel.Compute(input, new RowSpan(_output, _present, Steps));
        }

        return _output[0];
    }
}
