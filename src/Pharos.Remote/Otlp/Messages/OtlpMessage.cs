namespace Pharos.Remote.Otlp.Messages;

/// <summary>
/// One request as it was read, from either encoding: all elements of a kind in one list, so that a message that is used again allocates little. The elements of one
/// owner are next to each other. Not thread-safe.
/// </summary>
internal sealed class OtlpMessage(OtlpLimits limits)
{
    // Lists beyond it are not kept for the next request.
    private const int MaxKept = 64 * 1024;

    private int _elements;
    private int _parts;

    public List<OtlpResource> Resources { get; } = [];

    public List<OtlpScope> Scopes { get; } = [];

    public List<OtlpMetric> Metrics { get; } = [];

    public List<OtlpPoint> Points { get; } = [];

    public List<OtlpExemplar> Exemplars { get; } = [];

    public List<OtlpAttribute> ResourceAttributes { get; } = [];

    public List<OtlpAttribute> ScopeAttributes { get; } = [];

    public List<OtlpAttribute> PointAttributes { get; } = [];

    public List<OtlpAttribute> ExemplarAttributes { get; } = [];

    /// <summary>Of histograms, and of the positive side of exponential ones.</summary>
    public List<ulong> BucketCounts { get; } = [];

    public List<ulong> NegativeCounts { get; } = [];

    public List<double> Bounds { get; } = [];

    public List<OtlpQuantile> Quantiles { get; } = [];

    /// <summary>Whether the lists are small enough to be used again.</summary>
    public bool IsWorthKeeping => _elements <= MaxKept && _parts <= MaxKept;

    /// <summary>Counts a resource, scope, metric, point or exemplar; what is wrong where there are too many.</summary>
    public string? CountElement() => ++_elements > limits.MaxElements ? $"more than {limits.MaxElements} resources, scopes, metrics, points and exemplars" : null;

    /// <summary>Counts an attribute, bucket, bound or quantile; what is wrong where there are too many.</summary>
    public string? CountPart() => ++_parts > limits.MaxParts ? $"more than {limits.MaxParts} attributes, buckets, bounds and quantiles" : null;

    /// <summary>Empties all lists and keeps their memory.</summary>
    public void Clear()
    {
        _elements = 0;
        _parts = 0;
        Resources.Clear();
        Scopes.Clear();
        Metrics.Clear();
        Points.Clear();
        Exemplars.Clear();
        ResourceAttributes.Clear();
        ScopeAttributes.Clear();
        PointAttributes.Clear();
        ExemplarAttributes.Clear();
        BucketCounts.Clear();
        NegativeCounts.Clear();
        Bounds.Clear();
        Quantiles.Clear();
    }
}
