using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>Parts of annotations, in upstream's form.</summary>
internal static class AnnotationText
{
    /// <summary>The end of a message that may name a metric.</summary>
    public static string ForMetric(string metricName) => metricName.Length == 0 ? "" : " for metric name " + GoQuote.Quote(metricName);

    /// <summary>Go's <c>%g</c>.</summary>
    public static string Number(double value) => FloatWriter.ToGeneralString(value);

    /// <summary>Go's <c>%.2g</c>: two significant digits.</summary>
    public static string TwoDigits(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return FloatWriter.ToGeneralString(value);
        }

        string exponential = value.ToString("e1", CultureInfo.InvariantCulture);
        int exponent = int.Parse(exponential[(exponential.IndexOf('e', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        if (exponent is >= -4 and < 2)
        {
            return decimal.Parse(exponential, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.######", CultureInfo.InvariantCulture);
        }

        string digits = exponential[..exponential.IndexOf('e', StringComparison.Ordinal)];
        digits = digits.EndsWith(".0", StringComparison.Ordinal) ? digits[..^2] : digits;
        return string.Create(CultureInfo.InvariantCulture, $"{digits}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    /// <summary>RFC 3339 to the second, UTC.</summary>
    public static string Time(long milliseconds)
    {
        long clamped = Math.Clamp(milliseconds, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        return DateTimeOffset.FromUnixTimeMilliseconds(clamped).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>Line and column of the start, counted from 1 in bytes.</summary>
    public static string Position(string query, PositionRange position)
    {
        if (query.Length == 0)
        {
            return "unknown position";
        }

        byte[] bytes = Encoding.UTF8.GetBytes(query);
        if (position.Start < 0 || position.Start > bytes.Length)
        {
            return "invalid position";
        }

        ReadOnlySpan<byte> before = bytes.AsSpan(0, position.Start);
        int line = before.Count((byte)'\n') + 1;
        int column = position.Start - before.LastIndexOf((byte)'\n');
        return string.Create(CultureInfo.InvariantCulture, $"{line}:{column}");
    }
}
