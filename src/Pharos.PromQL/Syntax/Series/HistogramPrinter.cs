using System.Collections.Immutable;
using System.Globalization;
using Pharos.Core.Buffers;
using Pharos.Core.Histograms;

namespace Pharos.PromQL.Syntax.Series;

/// <summary>Writes a native histogram as a series description has it.</summary>
public static class HistogramPrinter
{
    private const int MaxGap = 100_000;

    /// <summary>The text, <c>{{schema:1 count:3 …}}</c>: properties of zero value left out, gaps between buckets filled with zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A gap has more than 100,000 buckets.</exception>
    public static string Print(FloatHistogram histogram)
    {
        var parts = new List<string>();
        if (histogram.Schema != 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"schema:{histogram.Schema}"));
        }

        AddNumber(parts, "count", histogram.Count);
        AddNumber(parts, "sum", histogram.Sum);
        AddNumber(parts, "z_bucket", histogram.ZeroCount);
        AddNumber(parts, "z_bucket_w", histogram.ZeroThreshold);
        if (histogram.UsesCustomBuckets)
        {
            parts.Add($"custom_values:{Join(histogram.CustomValues)}");
        }

        if (histogram.CounterResetHint != CounterResetHint.Unknown)
        {
            parts.Add("counter_reset_hint:" + histogram.CounterResetHint switch
            {
                CounterResetHint.Reset => "reset",
                CounterResetHint.NotReset => "not_reset",
                _ => "gauge",
            });
        }

        AddBuckets(parts, "offset", "buckets", histogram.PositiveSpans, histogram.PositiveBuckets);
        AddBuckets(parts, "n_offset", "n_buckets", histogram.NegativeSpans, histogram.NegativeBuckets);
        return "{{" + string.Join(' ', parts) + "}}";
    }

    private static void AddNumber(List<string> parts, string name, double value)
    {
        if (value != 0)
        {
            parts.Add($"{name}:{FloatWriter.ToGeneralString(value)}");
        }
    }

    private static void AddBuckets(List<string> parts, string offsetName, string name, ImmutableArray<BucketSpan> spans, ImmutableArray<double> buckets)
    {
        var filled = new List<double>();
        int offset = 0;
        int next = 0;
        foreach (BucketSpan span in spans)
        {
            if (filled.Count == 0)
            {
                offset += span.Offset;
            }
            else
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(span.Offset, MaxGap);
                filled.AddRange(Enumerable.Repeat(0.0, span.Offset));
            }

            for (int i = 0; i < span.Length; i++)
            {
                double count = buckets[next++];
                if (count == 0 && filled.Count == 0)
                {
                    offset++;
                }
                else
                {
                    filled.Add(count);
                }
            }
        }

        while (filled.Count > 0 && filled[^1] == 0)
        {
            filled.RemoveAt(filled.Count - 1);
        }

        if (filled.Count == 0)
        {
            return;
        }

        if (offset != 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{offsetName}:{offset}"));
        }

        parts.Add($"{name}:{Join(filled)}");
    }

    private static string Join(IEnumerable<double> values) => "[" + string.Join(' ', values.Select(FloatWriter.ToGeneralString)) + "]";
}
