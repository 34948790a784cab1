namespace Pharos.Storage.Blocks;

/// <summary>A block that another was made of.</summary>
/// <param name="Ulid">Its name.</param>
/// <param name="MinTime">Its first time, milliseconds.</param>
/// <param name="MaxTime">Its end, milliseconds, not included.</param>
public sealed record BlockParent(Ulid Ulid, long MinTime, long MaxTime);
