namespace Pharos.Testing.Differential;

/// <summary>What is not asked of the real Prometheus, and why: upstream's test scripts decide about it.</summary>
public static class LeftToScripts
{
    /// <summary>Functions and operators by name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["end"] = Newer("3.12"),
        ["first_over_time"] = Newer("3.7"),
        ["histogram_quantiles"] = Newer("3.11"),
        ["max_of"] = Newer("3.13"),
        ["min_of"] = Newer("3.13"),
        ["range"] = Newer("3.12"),
        ["start"] = Newer("3.12"),
        ["start_timestamp"] = Newer("3.14"),
        ["step"] = Newer("3.12"),
        ["ts_of_first_over_time"] = Newer("3.7"),
        ["</"] = Newer("3.11"),
        [">/"] = Newer("3.11"),
        ["info"] = "five faults of it were corrected since 3.5 (prometheus/prometheus#17199, #17379, #17817, #17898, #17932)",
    };

    /// <summary>What is only partly asked.</summary>
    public static IReadOnlyList<(string What, string Why)> Parts { get; } =
    [
        ("histogram_fraction of classic histograms", "3.5 answers NaN; 3.8 does not (prometheus/prometheus#17424)"),
        ("mad_over_time of samples with NaN", "another answer since 3.14 (prometheus/prometheus#19040)"),
        ("histograms with custom buckets of other bounds", "reconciled since 3.8 (prometheus/prometheus#17278)"),
        ("anchored, smoothed, fill, fill_left, fill_right, step() and range() in durations", "newer than 3.5"),
        ("start timestamps, type and unit labels", "remote write 1.0, by which both get their data, does not carry them"),
        ("arguments in parentheses of their own", "annotations point into the parentheses since 3.7, before them in 3.5"),
        ("rounding, comparing or counting what the mathematical library computed", "the last bits are those of Go's library or of C's"),
    ];

    private static string Newer(string version) => $"came with {version}, the Prometheus that is compared with is 3.5";
}
