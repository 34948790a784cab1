using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Pharos.Core.Buffers;

namespace Pharos.Benchmarks.Buffers;

/// <summary>Nanoseconds for a number, read from text and written to it.</summary>
[MemoryDiagnoser]
public class FloatTextBenchmarks
{
    private const int Count = 10_000;
    private readonly byte[] _output = new byte[FloatWriter.MaxLength];
    private byte[][] _texts = [];
    private double[] _values = [];

    /// <summary>Whole numbers, prices, ratios.</summary>
    [Params("whole", "3 decimals", "17 digits")]
    public string Kind { get; set; } = "whole";

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _values = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            _values[i] = Kind switch
            {
                "whole" => random.Next(1 << random.Next(1, 31)),
                "3 decimals" => Math.Round(random.NextDouble() * 1000, 3),
                _ => random.NextDouble(),
            };
        }

        _texts = [.. _values.Select(static v => Encoding.ASCII.GetBytes(v.ToString(CultureInfo.InvariantCulture)))];
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double Read()
    {
        double sum = 0;
        foreach (byte[] text in _texts)
        {
            sum += FloatReader.TryParse(text, out double value) ? value : 0;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double ReadByRuntime()
    {
        double sum = 0;
        foreach (byte[] text in _texts)
        {
            sum += double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int Write()
    {
        int length = 0;
        foreach (double value in _values)
        {
            length += FloatWriter.WriteFixed(value, _output);
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int WriteByRuntime()
    {
        int length = 0;
        foreach (double value in _values)
        {
            value.TryFormat(_output, out int written, default, CultureInfo.InvariantCulture);
            length += written;
        }

        return length;
    }
}
