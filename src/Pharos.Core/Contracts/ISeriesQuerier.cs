using Pharos.Core.Matching;

namespace Pharos.Core.Contracts;

/// <summary>
/// Answers what is stored. Opened for one query and disposed after it: while it is open, what its series sets point at stays valid.
/// Thread-safe; readers never block writers.
/// </summary>
public interface ISeriesQuerier : IDisposable
{
    /// <summary>What the asker should know of answers up to now that are not whole: each text once. A store of our own fails instead.</summary>
    IReadOnlyCollection<string> Warnings => [];

    /// <summary>The selected series with a consistent snapshot of their samples: all of a commit or nothing of it.</summary>
    ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken);

    /// <summary>Distinct label names of the series that match any of the matcher sets (none: of all series), sorted as UTF-8 bytes.</summary>
    IReadOnlyList<string> LabelNames(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken);

    /// <summary>Distinct values of a label over the series that match any of the matcher sets (none: of all series), sorted as UTF-8 bytes.</summary>
    IReadOnlyList<string> LabelValues(string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken);
}
