using Pharos.Core.Samples;
using Pharos.Remote.Otlp.Messages;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>
/// Makes the series <c>target_info</c> of a resource: 1, with its attributes as labels, from its earliest point to its latest at half the lookback of queries, so that
/// every query in between finds it.
/// </summary>
internal sealed class TargetInfo(OtlpSettings settings, PointLabels labels, TranslatedBatch output)
{
    private const string Name = "target_info";

    /// <summary>Adds the samples; none where there is nothing to tell beyond <c>job</c> and <c>instance</c>, or nothing that says whom it is about. Times are nanoseconds.</summary>
    public void Add(ReadOnlySpan<OtlpAttribute> attributes, ulong earliest, ulong latest)
    {
        if (!SaysMore(attributes) || !labels.TryBuildTarget(attributes, Name))
        {
            return;
        }

        output.Families.Add(new MetricFamily(Name, MetricType.Gauge, "", "Target metadata"));
        bool isIdentified = labels.Labels["job"].Length > 0 || labels.Labels["instance"].Length > 0;
        if (!isIdentified || !output.TryBeginSeries(labels.Labels, out Slice series))
        {
            return;
        }

        long interval = Math.Max(1, settings.Options.LookbackDelta.Ticks * TimeSpan.NanosecondsPerTick / 2);
        Int128 end = (long)latest;
        for (Int128 time = (long)earliest; time < end; time += interval)
        {
            if (!output.TryAdd(series, OtlpTime.ToMillisecondsBefore((long)time), 1))
            {
                return;
            }
        }

        output.TryAdd(series, OtlpTime.ToMillisecondsBefore((long)latest), 1);
    }

    // An attribute that identifies counts once, as upstream counts.
    private static bool SaysMore(ReadOnlySpan<OtlpAttribute> attributes)
    {
        int identifying = 0;
        foreach (string key in (ReadOnlySpan<string>)["service.namespace", "service.name", "service.instance.id"])
        {
            foreach (OtlpAttribute attribute in attributes)
            {
                if (attribute.Key == key)
                {
                    identifying++;
                    break;
                }
            }
        }

        return attributes.Length > identifying;
    }
}
