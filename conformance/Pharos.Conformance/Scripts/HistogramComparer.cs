using Pharos.Core.Histograms;
using Pharos.PromQL.Syntax.Series;

namespace Pharos.Conformance.Scripts;

/// <summary>Compares native histograms as scripts do: numbers within a tolerance, layouts after empty buckets are left out.</summary>
internal static class HistogramComparer
{
    /// <summary>Null when both are equal, otherwise what differs.</summary>
    public static string? Compare(FloatHistogram expected, FloatHistogram actual, bool comparesHint)
    {
        bool isEqual = expected.Schema == actual.Schema
            && expected.ZeroThreshold == actual.ZeroThreshold
            && expected.CustomValues.SequenceEqual(actual.CustomValues)
            && ResultComparer.AreEqual(expected.Count, actual.Count)
            && ResultComparer.AreEqual(expected.Sum, actual.Sum)
            && ResultComparer.AreEqual(expected.ZeroCount, actual.ZeroCount)
            && (!comparesHint || expected.CounterResetHint == actual.CounterResetHint)
            && AreEqual(Buckets(expected.PositiveSpans, expected.PositiveBuckets), Buckets(actual.PositiveSpans, actual.PositiveBuckets))
            && AreEqual(Buckets(expected.NegativeSpans, expected.NegativeBuckets), Buckets(actual.NegativeSpans, actual.NegativeBuckets));
        return isEqual ? null : $"expected {HistogramPrinter.Print(expected)} but got {HistogramPrinter.Print(actual)}";
    }

    // Populated buckets by index: however the spans are cut, equal histograms have the same.
    private static List<(int Index, double Count)> Buckets(IReadOnlyList<BucketSpan> spans, IReadOnlyList<double> counts)
    {
        var buckets = new List<(int Index, double Count)>();
        int index = 0;
        int at = 0;
        foreach (BucketSpan span in spans)
        {
            index += span.Offset;
            for (int i = 0; i < span.Length; i++)
            {
                buckets.Add((index++, counts[at++]));
            }
        }

        buckets.RemoveAll(static b => b.Count == 0);
        return buckets;
    }

    private static bool AreEqual(List<(int Index, double Count)> expected, List<(int Index, double Count)> actual) =>
        expected.Count == actual.Count
        && expected.Zip(actual).All(static p => p.First.Index == p.Second.Index && ResultComparer.AreEqual(p.First.Count, p.Second.Count));
}
