using System.Globalization;

namespace Pharos.Testing.Differential;

/// <summary>One value of an answer at a time in seconds: a number, or text where the answer is a string.</summary>
/// <param name="Time">Seconds since the epoch.</param>
/// <param name="Numbers">One number; for a native histogram its count, its sum and four numbers for each bucket.</param>
/// <param name="Text">The value of a string, otherwise null.</param>
public sealed record AnswerPoint(double Time, IReadOnlyList<double> Numbers, string? Text = null)
{
    private const double RelativeTolerance = 1e-9;

    // The counts of histograms that are compared are whole, or shares of whole ones.
    private const double NoObservation = 1e-9;

    /// <summary>A native histogram. A bucket in which nothing but the rounding of much larger ones is left counts as empty and is not there.</summary>
    public static AnswerPoint OfHistogram(double time, double count, double sum, IReadOnlyList<(double Kind, double Lower, double Upper, double Count)> buckets)
    {
        double least = buckets.Select(static b => Math.Abs(b.Count)).Append(1).Max() * RelativeTolerance;
        return new AnswerPoint(time, [Rounded(count), Rounded(sum), .. buckets.Where(b => !(Math.Abs(b.Count) <= least)).SelectMany(static b => new[] { b.Kind, b.Lower, b.Upper, b.Count })]);
    }

    /// <summary>Whether both tell the same: numbers within 1e-9 of each other, NaN and infinities exactly.</summary>
    public bool IsSameAs(AnswerPoint other)
    {
        if (Time != other.Time || Text != other.Text || Numbers.Count != other.Numbers.Count)
        {
            return false;
        }

        for (int i = 0; i < Numbers.Count; i++)
        {
            if (!AreClose(Numbers[i], other.Numbers[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is expected here and came there; of histograms of the same buckets the first number that differs.</summary>
    public string DifferenceTo(AnswerPoint actual)
    {
        if (Time != actual.Time || Numbers.Count != actual.Numbers.Count || Numbers.Count < 3)
        {
            return $"expected {this} but got {actual}";
        }

        int at = Enumerable.Range(0, Numbers.Count).First(i => !AreClose(Numbers[i], actual.Numbers[i]));
        string what = at == 0 ? "the count" : at == 1 ? "the sum" : $"bucket {(at - 2) / 4}, number {(at - 2) % 4},";
        return string.Create(CultureInfo.InvariantCulture, $"{what} is expected to be {Numbers[at]:R} but is {actual.Numbers[at]:R} at {Time:F3}");
    }

    public override string ToString() => $"{Text ?? string.Join('/', Numbers.Select(static n => n.ToString("R", CultureInfo.InvariantCulture)))}@{Time:F3}";

    private static double Rounded(double value) => Math.Abs(value) < NoObservation ? 0 : value;

    private static bool AreClose(double x, double y) =>
        x.Equals(y) || (double.IsFinite(x) && double.IsFinite(y) && Math.Abs(x - y) <= RelativeTolerance * Math.Max(Math.Abs(x), Math.Abs(y)));
}
