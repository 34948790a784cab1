using Pharos.Core.Samples;

namespace Pharos.Scrape.Exposition;

/// <summary>Which OpenMetrics series say when another began to count.</summary>
internal static class StartTimestamps
{
    /// <summary>Whether families of the type have <c>_created</c> lines.</summary>
    public static bool HasThem(MetricType type) => type is MetricType.Counter or MetricType.Summary or MetricType.Histogram;

    /// <summary>Whether a series of this name is the start timestamp of others.</summary>
    public static bool IsCreated(MetricType type, ReadOnlySpan<byte> name) => HasThem(type) && name.EndsWith("_created"u8);

    /// <summary>Whether a series and a <c>_created</c> series belong together: the same family, the same labels but for <c>le</c> and <c>quantile</c>.</summary>
    public static bool AreOfOneMetric(MetricType type, ReadOnlySpan<byte> series, ReadOnlySpan<byte> created)
    {
        ReadOnlySpan<byte> family = ExposedSeries.RawName(created)[..^"_created".Length];
        if (!IsOfFamily(type, ExposedSeries.RawName(series), family))
        {
            return false;
        }

        ExposedSeries left = new(series);
        ExposedSeries right = new(created);
        while (true)
        {
            bool more = NextKept(type, ref left);
            if (more != NextKept(type, ref right))
            {
                return false;
            }

            if (!more)
            {
                return true;
            }

            if (!left.Name.SequenceEqual(right.Name) || !left.Value.SequenceEqual(right.Value))
            {
                return false;
            }
        }
    }

    private static bool IsOfFamily(MetricType type, ReadOnlySpan<byte> name, ReadOnlySpan<byte> family)
    {
        if (!name.StartsWith(family))
        {
            return false;
        }

        ReadOnlySpan<byte> suffix = name[family.Length..];
        return type switch
        {
            MetricType.Counter => suffix.IsEmpty || suffix.SequenceEqual("_total"u8),
            MetricType.Summary => suffix.IsEmpty || suffix.SequenceEqual("_sum"u8) || suffix.SequenceEqual("_count"u8),
            _ => suffix.IsEmpty || suffix.SequenceEqual("_bucket"u8) || suffix.SequenceEqual("_sum"u8) || suffix.SequenceEqual("_count"u8),
        };
    }

    private static bool NextKept(MetricType type, ref ExposedSeries series)
    {
        while (series.Next())
        {
            bool skipped = series.IsMetricName
                || (type == MetricType.Summary && series.Name.SequenceEqual("quantile"u8))
                || (type == MetricType.Histogram && series.Name.SequenceEqual("le"u8));
            if (!skipped)
            {
                return true;
            }
        }

        return false;
    }
}
