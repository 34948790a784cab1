using Pharos.Core.Contracts;

namespace Pharos.Scrape;

/// <summary>What a scrape manager is given at its start.</summary>
public sealed record ScrapeManagerOptions
{
    /// <summary>The User-Agent of requests.</summary>
    public string UserAgent { get; init; } = "Pharos";

    /// <summary>
    /// Together with the external labels it shifts the moments of scrapes, so that two servers with the same targets do not ask at once.
    /// </summary>
    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>Takes what is worth a line.</summary>
    public IScrapeLog? Log { get; init; }

    /// <summary>Jobs whose bodies come from inside the process, by job name.</summary>
    public IReadOnlyDictionary<string, IExpositionSource> Sources { get; init; } = new Dictionary<string, IExpositionSource>();

    /// <summary>
    /// The body of a URL that is the server itself, asked at each scrape, so that it need not sign in with itself; null for every other URL.
    /// </summary>
    public Func<string, IExpositionSource?> OwnUrl { get; init; } = static _ => null;

    /// <summary>Takes exemplars; null when they are of no interest.</summary>
    public IExemplarAppender? Exemplars { get; init; }

    /// <summary>Takes what targets say about series; null when nobody wants to know.</summary>
    public IMetadataAppender? Metadata { get; init; }

    /// <summary>Whether type and unit of a family become the labels <c>__type__</c> and <c>__unit__</c> of its series.</summary>
    public bool TypeAndUnitLabels { get; init; }

    /// <summary>Changes of what was discovered are followed at most so often.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(5);
}
