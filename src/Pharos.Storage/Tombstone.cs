namespace Pharos.Storage;

/// <summary>Times of a series whose samples are deleted.</summary>
/// <param name="Reference">The series.</param>
/// <param name="MinTime">First one, milliseconds.</param>
/// <param name="MaxTime">Last one, included.</param>
internal readonly record struct Tombstone(uint Reference, long MinTime, long MaxTime);
