using Pharos.Core.Matching;

namespace Pharos.Core.Contracts;

/// <summary>Answers which exemplars are kept. Thread-safe; asking does not hold up those that append.</summary>
public interface IExemplarSource
{
    /// <summary>
    /// The exemplars in [minTime, maxTime], milliseconds, of the series for which all matchers of any set hold, sorted by the labels of the series.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="StorageUnavailableException">The store is not open.</exception>
    IReadOnlyList<ExemplarsOfSeries> SelectExemplars(
        IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken);
}
