namespace Pharos.Storage.Blocks;

/// <summary>Times whose samples are deleted.</summary>
/// <param name="MinTime">First one, milliseconds.</param>
/// <param name="MaxTime">Last one, included.</param>
internal readonly record struct DeletedInterval(long MinTime, long MaxTime);
