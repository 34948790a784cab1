using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Core.Time;
using Pharos.Discovery;
using Pharos.Scrape.Configuration;

namespace Pharos.Scrape.Targets;

/// <summary>From discovered labels to those of a target.</summary>
internal static class TargetLabels
{
    public const string IntervalLabel = "__scrape_interval__";
    public const string TimeoutLabel = "__scrape_timeout__";
    private const string NhcbLabel = "__convert_classic_histograms_to_nhcb__";
    private const string ClassicLabel = "__always_scrape_classic_histograms__";
    private const string NativeLabel = "__scrape_native_histograms__";

    private static readonly (string Name, string Words)[] Switches =
    [
        (NhcbLabel, "convert classic histograms to nhcb"),
        (ClassicLabel, "always scrape classic histograms"),
        (NativeLabel, "scrape native histograms"),
    ];

    /// <summary>What was discovered, with the job's defaults filled in.</summary>
    public static void Discover(LabelsBuilder builder, ScrapeConfig config, Labels target, Labels group)
    {
        builder.Reset(target);
        foreach (Label label in group.AsSpan())
        {
            SetMissing(builder, label.Name, label.Value);
        }

        SetMissing(builder, "job", config.JobName);
        SetMissing(builder, IntervalLabel, PrometheusDuration.Format(config.ScrapeInterval));
        SetMissing(builder, TimeoutLabel, PrometheusDuration.Format(config.ScrapeTimeout));
        SetMissing(builder, "__metrics_path__", config.MetricsPath);
        SetMissing(builder, "__scheme__", config.Scheme);
        SetMissing(builder, NhcbLabel, Text(config.ConvertClassicHistogramsToNhcb));
        SetMissing(builder, ClassicLabel, Text(config.AlwaysScrapeClassicHistograms));
        SetMissing(builder, NativeLabel, Text(config.ScrapeNativeHistograms));
        foreach ((string name, IReadOnlyList<string> values) in config.Params)
        {
            if (values.Count > 0)
            {
                SetMissing(builder, "__param_" + name, values[0]);
            }
        }
    }

    /// <summary>
    /// Relabels what <see cref="Discover"/> made and checks it. Null with no error when it was dropped; null with the error, in upstream's words,
    /// when no target can be made of it.
    /// </summary>
    public static Labels? Relabel(LabelsBuilder builder, ScrapeConfig config, out string? error)
    {
        error = null;
        if (!Relabeler.Process(builder, config.RelabelConfigs))
        {
            return null;
        }

        error = Check(builder);
        if (error is not null)
        {
            return null;
        }

        foreach (Label label in builder.Snapshot())
        {
            if (label.Name.StartsWith("__meta_", StringComparison.Ordinal))
            {
                builder.Remove(label.Name);
            }
        }

        SetMissing(builder, "instance", builder[TargetGroup.AddressLabel]);
        return builder.ToLabels();
    }

    /// <summary>The labels that the target's series bear.</summary>
    public static Labels Public(Labels labels)
    {
        var builder = new LabelsBuilder(labels.Count);
        foreach (Label label in labels.AsSpan())
        {
            if (!label.Name.StartsWith("__", StringComparison.Ordinal))
            {
                builder.Set(label.Name, label.Value);
            }
        }

        return builder.ToLabels();
    }

    private static string? Check(LabelsBuilder builder)
    {
        string address = builder[TargetGroup.AddressLabel];
        if (address.Length == 0)
        {
            return "no address";
        }

        if (address.Contains('/', StringComparison.Ordinal))
        {
            return $"{GoQuote.Quote(address)} is not a valid hostname";
        }

        string? problem = CheckDuration(builder[IntervalLabel], "interval", out TimeSpan interval)
            ?? CheckDuration(builder[TimeoutLabel], "timeout", out TimeSpan timeout)
            ?? (timeout > interval
                ? $"scrape timeout cannot be greater than scrape interval ({GoQuote.Quote(builder[TimeoutLabel])} > {GoQuote.Quote(builder[IntervalLabel])})"
                : null);
        return problem ?? CheckSwitches(builder);
    }

    private static string? CheckDuration(string text, string what, out TimeSpan duration)
    {
        if (!PrometheusDuration.TryParse(text, out duration, out string? error))
        {
            return $"error parsing scrape {what}: {error}";
        }

        return duration == TimeSpan.Zero ? $"scrape {what} cannot be 0" : null;
    }

    private static string? CheckSwitches(LabelsBuilder builder)
    {
        foreach ((string name, string words) in Switches)
        {
            string value = builder[name];
            if (value is not ("" or "1" or "t" or "T" or "TRUE" or "true" or "True" or "0" or "f" or "F" or "FALSE" or "false" or "False"))
            {
                return $"error parsing {words}: strconv.ParseBool: parsing {GoQuote.Quote(value)}: invalid syntax";
            }
        }

        return null;
    }

    private static string Text(bool value) => value ? "true" : "false";

    private static void SetMissing(LabelsBuilder builder, string name, string value)
    {
        if (!builder.Contains(name))
        {
            builder.Set(name, value);
        }
    }
}
