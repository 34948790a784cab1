namespace Pharos.Testing.Differential;

/// <summary>One value of an answer at a time in seconds: a number, or text where the answer is a string.</summary>
/// <param name="Time">Seconds since the epoch.</param>
/// <param name="Numbers">One number; for a native histogram its count, its sum and four numbers for each bucket.</param>
/// <param name="Text">The value of a string, otherwise null.</param>
public sealed record AnswerPoint(double Time, IReadOnlyList<double> Numbers, string? Text = null)
{
    private const double RelativeTolerance = 1e-9;

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

    public override string ToString() => $"{Text ?? string.Join('/', Numbers.Select(static n => n.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}@{Time:F3}";

    private static bool AreClose(double x, double y) =>
        x.Equals(y) || (double.IsFinite(x) && double.IsFinite(y) && Math.Abs(x - y) <= RelativeTolerance * Math.Max(Math.Abs(x), Math.Abs(y)));
}
