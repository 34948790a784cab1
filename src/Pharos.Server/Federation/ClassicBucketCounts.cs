using Pharos.Core.Histograms;

namespace Pharos.Server.Federation;

/// <summary>The cumulative buckets of a histogram with custom bounds, infinity apart: what a classic histogram has.</summary>
internal static class ClassicBucketCounts
{
    /// <summary>Each bound with the observations up to it.</summary>
    public static IEnumerable<(double Bound, double Count)> Of(FloatHistogram histogram)
    {
        double cumulative = 0;
        int span = 0;
        int position = 0;
        int index = histogram.PositiveSpans.Length > 0 ? histogram.PositiveSpans[0].Offset : 0;
        int left = histogram.PositiveSpans.Length > 0 ? (int)histogram.PositiveSpans[0].Length : 0;
        for (int i = 0; i < histogram.CustomValues.Length; i++)
        {
            while (left == 0 && span + 1 < histogram.PositiveSpans.Length)
            {
                index += histogram.PositiveSpans[++span].Offset;
                left = (int)histogram.PositiveSpans[span].Length;
            }

            if (left > 0 && index == i)
            {
                cumulative += histogram.PositiveBuckets[position++];
                index++;
                left--;
            }

            yield return (histogram.CustomValues[i], cumulative);
        }
    }
}
