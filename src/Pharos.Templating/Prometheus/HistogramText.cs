using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Histograms;

namespace Pharos.Templating.Prometheus;

/// <summary>Histograms as upstream writes them: <c>{count:3, sum:10, [-0.001,0.001]:1, (0.5,1]:2}</c>.</summary>
internal static class HistogramText
{
    public static string Format(FloatHistogram histogram)
    {
        var text = new StringBuilder("{count:").Append(Number(histogram.Count)).Append(", sum:").Append(Number(histogram.Sum));
        foreach ((int index, double count) in Buckets(histogram.NegativeSpans, histogram.NegativeBuckets).Reverse())
        {
            Append(text, '[', -Upper(histogram, index), -Upper(histogram, index - 1), ')', count);
        }

        if (histogram.ZeroCount != 0 && !histogram.UsesCustomBuckets)
        {
            Append(text, '[', -histogram.ZeroThreshold, histogram.ZeroThreshold, ']', histogram.ZeroCount);
        }

        foreach ((int index, double count) in Buckets(histogram.PositiveSpans, histogram.PositiveBuckets))
        {
            char open = histogram.UsesCustomBuckets && index == 0 && Upper(histogram, 0) <= 0 ? '[' : '(';
            Append(text, open, Upper(histogram, index - 1), Upper(histogram, index), ']', count);
        }

        return text.Append('}').ToString();
    }

    private static IEnumerable<(int Index, double Count)> Buckets(IReadOnlyList<BucketSpan> spans, IReadOnlyList<double> counts)
    {
        int index = 0;
        int next = 0;
        foreach (BucketSpan span in spans)
        {
            index += span.Offset;
            for (int i = 0; i < span.Length && next < counts.Count; i++)
            {
                if (counts[next] != 0)
                {
                    yield return (index, counts[next]);
                }

                index++;
                next++;
            }
        }
    }

    private static double Upper(FloatHistogram histogram, int index)
    {
        if (!histogram.UsesCustomBuckets)
        {
            return Math.Pow(2, index * Math.Pow(2, -histogram.Schema));
        }

        return index < 0 ? double.NegativeInfinity : index < histogram.CustomValues.Count ? histogram.CustomValues[index] : double.PositiveInfinity;
    }

    private static void Append(StringBuilder text, char open, double lower, double upper, char close, double count) =>
        text.Append(", ").Append(open).Append(Number(lower)).Append(',').Append(Number(upper)).Append(close).Append(':').Append(Number(count));

    private static string Number(double value) => FloatWriter.ToGeneralString(value);
}
