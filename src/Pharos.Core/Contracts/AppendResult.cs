namespace Pharos.Core.Contracts;

/// <summary>What became of one sample of a batch. The names and meanings are upstream's append errors.</summary>
public enum AppendResult : byte
{
    /// <summary>Stored; or the very same sample was there already.</summary>
    Appended = 0,

    /// <summary>Older than the newest sample of the series and no out-of-order window admits it.</summary>
    OutOfOrder = 1,

    /// <summary>The series has another value at this timestamp.</summary>
    DuplicateTimestamp = 2,

    /// <summary>Older than anything the head takes (upstream: out of bounds), or beyond the out-of-order window.</summary>
    TooOld = 3,

    /// <summary>The reference names no series of the head any more: resolve the labels again.</summary>
    UnknownSeries = 4,
}
