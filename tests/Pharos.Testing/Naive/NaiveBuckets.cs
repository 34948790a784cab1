using System.Globalization;
using Pharos.Core.Labels;

namespace Pharos.Testing.Naive;

/// <summary>Functions of classic histograms: elements that differ in <c>le</c> only are the buckets of one.</summary>
internal static class NaiveBuckets
{
    private const string Bound = "le";
    private const double Negligible = 1e-12;

    public static List<Element> Quantile(double q, List<Element> elements) => OfEach(elements, buckets => Quantile(q, buckets));

    public static List<Element> Fraction(double lower, double upper, List<Element> elements) => OfEach(elements, buckets => Fraction(lower, upper, buckets));

    private static List<Element> OfEach(List<Element> elements, Func<(double Bound, double Count)[], double> function)
    {
        var result = new List<Element>();
        foreach (IGrouping<Labels, Element> histogram in elements.GroupBy(static e => NaiveLabels.Drop(e.Labels, Bound, Label.MetricName)))
        {
            (double Bound, double Count)[] buckets =
            [
                .. histogram
                    .Where(static e => TryBound(e.Labels[Bound], out _))
                    .Select(static e => (TryBound(e.Labels[Bound], out double bound) ? bound : 0, e.Value))
                    .OrderBy(static b => b.Item1),
            ];
            if (buckets.Length > 0)
            {
                result.Add(new Element(histogram.Key, function(buckets)));
            }
        }

        return result;
    }

    private static bool TryBound(string text, out double bound)
    {
        bound = double.PositiveInfinity;
        return text == "+Inf" || double.TryParse(text, CultureInfo.InvariantCulture, out bound);
    }

    private static double Quantile(double q, (double Bound, double Count)[] buckets)
    {
        if (double.IsNaN(q) || q < 0 || q > 1)
        {
            return double.IsNaN(q) ? q : q < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (!TryClean(buckets, out double total))
        {
            return double.NaN;
        }

        double rank = q * total;
        int at = 0;
        while (at < buckets.Length - 1 && buckets[at].Count < rank)
        {
            Rounding.MustDecide(buckets[at].Count, rank);
            at++;
        }

        Rounding.MustDecide(buckets[at].Count, rank);
        if (at == buckets.Length - 1)
        {
            return buckets[^2].Bound;
        }

        if (at == 0 && buckets[0].Bound <= 0)
        {
            return buckets[0].Bound;
        }

        (double start, double before) = at == 0 ? (0, 0) : buckets[at - 1];
        return start + ((buckets[at].Bound - start) * ((rank - before) / (buckets[at].Count - before)));
    }

    private static double Fraction(double lower, double upper, (double Bound, double Count)[] buckets)
    {
        // Unlike a quantile it takes the counts as they are.
        double total = buckets[^1].Count;
        if (!double.IsPositiveInfinity(buckets[^1].Bound) || total == 0 || double.IsNaN(lower) || double.IsNaN(upper))
        {
            return double.NaN;
        }

        if (Array.Exists(buckets, static b => !double.IsFinite(b.Count)))
        {
            throw new UndecidedException("a bucket that is no count");
        }

        return lower >= upper ? 0 : (Below(upper, buckets) - Below(lower, buckets)) / total;
    }

    /// <summary>
    /// How many observations are at or below a limit: on a line within each bucket, of a bucket without a lower end all, of one without an upper end none.
    /// Below the first bound that is positive they begin at zero.
    /// </summary>
    private static double Below(double limit, (double Bound, double Count)[] buckets)
    {
        double start = buckets[0].Bound > 0 ? 0 : double.NegativeInfinity;
        double before = 0;
        foreach ((double bound, double count) in buckets)
        {
            if (limit <= start)
            {
                break;
            }

            if (limit < bound)
            {
                before = double.IsInfinity(start) ? count : double.IsInfinity(bound) ? before : before + ((count - before) * (limit - start) / (bound - start));
                break;
            }

            (start, before) = (bound, count);
        }

        return Math.Min(before, buckets[^1].Count);
    }

    // Counts that fall are raised, and differences of rounding are none.
    private static bool TryClean((double Bound, double Count)[] buckets, out double total)
    {
        total = buckets[^1].Count;
        if (buckets.Length < 2 || !double.IsPositiveInfinity(buckets[^1].Bound))
        {
            return false;
        }

        for (int i = 0; i < buckets.Length; i++)
        {
            if (!double.IsFinite(buckets[i].Count))
            {
                throw new UndecidedException("a bucket that is no count");
            }

            double before = i == 0 ? buckets[0].Count : buckets[i - 1].Count;
            if (buckets[i].Count < before || Math.Abs(buckets[i].Count - before) <= Negligible * Math.Max(Math.Abs(before), Math.Abs(buckets[i].Count)))
            {
                buckets[i].Count = before;
            }
        }

        total = buckets[^1].Count;
        return total != 0;
    }
}
