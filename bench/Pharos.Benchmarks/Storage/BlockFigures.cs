using System.Diagnostics;
using System.Globalization;

namespace Pharos.Benchmarks.Storage;

/// <summary>The ways of <see cref="BlockBenchmarks"/> in CPU time of the process, the least of some runs: for machines that others use too.</summary>
internal static class BlockFigures
{
    private const int Runs = 7;

    public static void Print()
    {
        var benchmarks = new BlockBenchmarks();
        benchmarks.Setup();
        try
        {
            Print("open 50 blocks", benchmarks.OpenFiftyBlocks);
            Print("select in head", benchmarks.SelectInHead);
            Print("select in block", benchmarks.SelectInBlock);
            Print("select in head and 2 blocks", benchmarks.SelectInHeadAndTwoBlocks);
            Print("select by expression in head and 2 blocks", benchmarks.SelectByExpressionInHeadAndTwoBlocks);
            Print("select in 50 blocks", benchmarks.SelectInFiftyBlocks);
            Print("read head", () => benchmarks.ReadHead());
            Print("read block", () => benchmarks.ReadBlock());
            Print("read head and 2 blocks", () => benchmarks.ReadHeadAndTwoBlocks());
        }
        finally
        {
            benchmarks.Cleanup();
        }
    }

    private static void Print(string name, Func<long> run)
    {
        double least = double.MaxValue;
        long items = 0;
        for (int i = 0; i < Runs; i++)
        {
            using var process = Process.GetCurrentProcess();
            TimeSpan before = process.TotalProcessorTime;
            items = run();
            process.Refresh();
            least = Math.Min(least, (process.TotalProcessorTime - before).TotalMilliseconds);
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {least:F2} ms, {items} items, {least * 1e6 / Math.Max(1, items):F1} ns each"));
    }

    private static void Print(string name, Func<int> run) => Print(name, () => (long)run());
}
