using Pharos.Core.Samples;

namespace Pharos.Core.Contracts;

/// <summary>The store's write-ahead log, for those who follow what is stored. Thread-safe.</summary>
public interface ISampleLog
{
    /// <summary>
    /// Something was written. Raised by the writer while it holds the store's commit lock: a handler may only set a signal.
    /// </summary>
    event Action? Written;

    /// <summary>Behind the last record.</summary>
    LogPosition End { get; }

    /// <summary>What was stored so far.</summary>
    LogStatistics Statistics { get; }

    /// <summary>A reader from a place on, which is where a record begins; where its segment is gone, from the oldest one after it.</summary>
    ILogCursor OpenCursor(LogPosition from, LogContent content);

    /// <summary>
    /// The label bytes (<see cref="ISeriesAppender"/>) of a series that the store holds now, at the front of the buffer, which grows as needed.
    /// Returns how many; -1 when the store does not hold it (any more).
    /// </summary>
    int FindLabels(SeriesRef series, ref byte[] buffer);

    /// <summary>What was last said about a series, where that is logged.</summary>
    bool FindMetadata(SeriesRef series, out SeriesMetadata metadata);

    /// <summary>
    /// All descriptions of series that the log has up to a place, oldest first, those included that the store holds no longer but whose samples are still in the log.
    /// Reads all of the log: for the rare case that <see cref="FindLabels"/> does not know.
    /// </summary>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    void ReadSeries(LogPosition until, Action<LoggedRecord> read, CancellationToken cancellationToken);
}
