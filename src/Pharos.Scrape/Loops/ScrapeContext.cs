using Pharos.Core.Contracts;

namespace Pharos.Scrape.Loops;

/// <summary>What all loops share.</summary>
/// <param name="Appender">Takes the samples.</param>
/// <param name="Time">The clock.</param>
/// <param name="Metrics">Counts.</param>
/// <param name="Log">Takes what is worth a line.</param>
/// <param name="OffsetSeed">Shifts the moments of scrapes, so that two servers with the same targets do not ask at once.</param>
internal sealed record ScrapeContext(ISeriesAppender Appender, TimeProvider Time, ScrapeMetrics Metrics, IScrapeLog Log, ulong OffsetSeed)
{
    /// <summary>Takes exemplars; null when they are of no interest.</summary>
    public IExemplarAppender? Exemplars { get; init; }

    /// <summary>Takes what targets say about series; null when nobody wants to know.</summary>
    public IMetadataAppender? Metadata { get; init; }

    /// <summary>Whether type and unit of a family become labels of its series.</summary>
    public bool TypeAndUnitLabels { get; init; }
}
