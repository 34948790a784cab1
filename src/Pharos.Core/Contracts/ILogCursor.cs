namespace Pharos.Core.Contracts;

/// <summary>
/// Reads the store's log forwards, from disk, up to what was written last; a reader that is behind costs no memory. One caller at a time.
/// </summary>
public interface ILogCursor : IDisposable
{
    /// <summary>Where the next record begins, or will begin.</summary>
    LogPosition Position { get; }

    /// <summary>Segments that were gone before they were read: the store needs them no longer.</summary>
    int LostSegments { get; }

    /// <summary>Records read so far.</summary>
    long Records { get; }

    /// <summary>
    /// Reads the next record; of a kind that was not asked for, an empty one. False at the end of what is written; more may come (<see cref="ISampleLog.Written"/>).
    /// </summary>
    /// <exception cref="IOException">A segment cannot be read, or what it holds is damaged. The position stays; trying again is allowed.</exception>
    bool TryRead(LoggedRecord record);

    /// <summary>Goes on with the next segment, after damage in this one. False when there is none yet.</summary>
    bool SkipSegment();
}
