namespace Pharos.Templating.Prometheus;

/// <summary>Where and when a rule is evaluated.</summary>
public sealed record RuleTemplateContext
{
    /// <summary>The time of the evaluation, in milliseconds since the epoch.</summary>
    public long Timestamp { get; init; }

    /// <summary>Where this server is reached.</summary>
    public Uri? ExternalUrl { get; init; }

    /// <summary>
    /// Answers a query as of <see cref="Timestamp"/>. May throw <see cref="TemplateFunctionException"/>; null where there are no queries.
    /// </summary>
    public Func<string, CancellationToken, IReadOnlyList<QuerySample>>? Query { get; init; }
}
