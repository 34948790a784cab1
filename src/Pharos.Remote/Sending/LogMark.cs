using Pharos.Core.Contracts;

namespace Pharos.Remote.Sending;

/// <summary>A place in the log between two samples.</summary>
/// <param name="Record">Where the record begins.</param>
/// <param name="Index">How many of its entries lie before.</param>
internal readonly record struct LogMark(LogPosition Record, int Index) : IComparable<LogMark>
{
    public static bool operator <(LogMark left, LogMark right) => left.CompareTo(right) < 0;

    public static bool operator >(LogMark left, LogMark right) => left.CompareTo(right) > 0;

    public static bool operator <=(LogMark left, LogMark right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LogMark left, LogMark right) => left.CompareTo(right) >= 0;

    public int CompareTo(LogMark other) => Record != other.Record ? Record.CompareTo(other.Record) : Index.CompareTo(other.Index);
}
