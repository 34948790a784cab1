using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Pharos.Core.Matching;

namespace Pharos.Benchmarks.Matching;

/// <summary>Nanoseconds for a label value matched by a pattern.</summary>
[MemoryDiagnoser]
public class AnchoredRegexBenchmarks
{
    private const int Count = 1000;
    private string[] _values = [];
    private byte[][] _utf8Values = [];
    private AnchoredRegex _regex = AnchoredRegex.Parse("");
    private Regex _runtime = new("", RegexOptions.NonBacktracking);

    [Params("a|b|c|d.*", ".*-suffix", "prefix-.*", "(checkout|cart)-.*", "[a-z]+-[0-9a-f]{4,9}-[a-z0-9]{5}")]
    public string Pattern { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _regex = AnchoredRegex.Parse(Pattern);
        _runtime = new Regex($"\\A(?s:{Pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        _values = [.. Enumerable.Range(0, Count).Select(static i => string.Create(CultureInfo.InvariantCulture, $"checkout-{i * 7919:x8}-ab{i % 10}de"))];
        _utf8Values = [.. _values.Select(Encoding.UTF8.GetBytes)];
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int Match() => _values.Count(v => _regex.IsMatch(v));

    [Benchmark(OperationsPerInvoke = Count)]
    public int MatchUtf8() => _utf8Values.Count(v => _regex.IsMatch(v));

    [Benchmark(OperationsPerInvoke = Count)]
    public int MatchByRuntime() => _values.Count(v => _runtime.IsMatch(v));
}
