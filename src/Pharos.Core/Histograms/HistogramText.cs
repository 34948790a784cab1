using System.Text;
using Pharos.Core.Buffers;

namespace Pharos.Core.Histograms;

/// <summary>Histograms as upstream writes them: bounds as they are, not cut at the zero bucket.</summary>
internal static class HistogramText
{
    public static string Format(FloatHistogram histogram)
    {
        StringBuilder text = new StringBuilder("{count:").Append(FloatWriter.ToGeneralString(histogram.Count))
            .Append(", sum:").Append(FloatWriter.ToGeneralString(histogram.Sum));
        var cursor = new BucketCursor(histogram.NegativeSpans, histogram.NegativeBuckets.Length, isReverse: true);
        while (cursor.MoveNext())
        {
            Append(text, histogram.BucketAt(cursor, isPositive: false));
        }

        if (!histogram.UsesCustomBuckets)
        {
            Append(text, histogram.ZeroBucket);
        }

        cursor = new BucketCursor(histogram.PositiveSpans, histogram.PositiveBuckets.Length, isReverse: false);
        while (cursor.MoveNext())
        {
            Append(text, histogram.BucketAt(cursor, isPositive: true));
        }

        return text.Append('}').ToString();
    }

    private static void Append(StringBuilder text, HistogramBucket bucket)
    {
        if (bucket.Count != 0)
        {
            text.Append(", ").Append(bucket.ToString());
        }
    }
}
