using Pharos.Core.Samples;

namespace Pharos.Scrape.Caching;

/// <summary>
/// What is remembered of one series of a target. Scrapes are numbered; that a series has gone is seen by its numbers, not by lists.
/// </summary>
internal struct KnownSeries
{
    /// <summary>The series in the store; none while it is dropped or not yet created.</summary>
    public SeriesRef Ref;

    /// <summary>Where its text begins in the table's bytes.</summary>
    public int KeyStart;

    public int KeyLength;

    public uint Hash;

    /// <summary>The next series of the same bucket; -1 ends.</summary>
    public int Next;

    /// <summary>The last scrape that exposed it; -1 when none has yet.</summary>
    public int LastSeen;

    /// <summary>The last scrape that gave it a sample which must be marked stale when it goes.</summary>
    public int Tracked;

    /// <summary>The value of <see cref="Tracked"/> before the last one, in case that scrape fails further down.</summary>
    public int TrackedBefore;

    /// <summary>The line where it stood last; -1 when none is remembered.</summary>
    public int Line;

    /// <summary>The type under which its labels were made.</summary>
    public MetricType Type;

    /// <summary>The unit under which its labels were made; empty when none was said.</summary>
    public byte[] Unit;

    /// <summary>Relabelling drops it.</summary>
    public bool IsDropped;
}
