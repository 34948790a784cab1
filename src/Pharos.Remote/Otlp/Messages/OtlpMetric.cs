namespace Pharos.Remote.Otlp.Messages;

/// <summary>What is measured.</summary>
internal struct OtlpMetric()
{
    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>In the notation of UCUM, as <c>By/s</c>.</summary>
    public string Unit { get; set; } = "";

    public OtlpKind Kind { get; set; }

    /// <summary>Of sums and both kinds of histograms.</summary>
    public OtlpTemporality Temporality { get; set; }

    /// <summary>Of sums.</summary>
    public bool IsMonotonic { get; set; }

    /// <summary>In <see cref="OtlpMessage.Points"/>.</summary>
    public Slice Points { get; set; }

    /// <summary>Whether <see cref="Temporality"/> means something.</summary>
    public readonly bool HasTemporality => Kind is OtlpKind.Sum or OtlpKind.Histogram or OtlpKind.ExponentialHistogram;
}
