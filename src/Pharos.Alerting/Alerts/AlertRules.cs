using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Alerts;

/// <summary>What an alert that is handed in must be, in upstream's words, and how big it may be.</summary>
internal static class AlertRules
{
    /// <summary>Most bytes of the labels and annotations of one alert.</summary>
    public const int MaxBytes = 256 << 10;

    /// <summary>Why it is refused; null when it is not. Its times are filled in already.</summary>
    public static string? Check(Alert alert)
    {
        if (alert.EndsAt != 0 && alert.EndsAt < alert.StartsAt)
        {
            return "start time must be before end time";
        }

        if (CheckNames(alert.Labels) is { } badLabel)
        {
            return $"invalid label set: {badLabel}";
        }

        if (alert.Labels.Count == 0)
        {
            return "at least one label pair required";
        }

        if (CheckNames(alert.Annotations) is { } badAnnotation)
        {
            return $"invalid annotations: {badAnnotation}";
        }

        long bytes = Size(alert.Labels) + Size(alert.Annotations);
        return bytes > MaxBytes ? $"labels and annotations have {bytes} bytes (limit: {MaxBytes} bytes)" : null;
    }

    private static string? CheckNames(Labels labels)
    {
        foreach (Label label in labels.AsSpan())
        {
            if (!LabelName.IsUtf8(label.Name))
            {
                return $"invalid name {GoQuote.Quote(label.Name)}";
            }
        }

        return null;
    }

    private static long Size(Labels labels)
    {
        long bytes = 0;
        foreach (Label label in labels.AsSpan())
        {
            bytes += Encoding.UTF8.GetByteCount(label.Name) + Encoding.UTF8.GetByteCount(label.Value);
        }

        return bytes;
    }
}
