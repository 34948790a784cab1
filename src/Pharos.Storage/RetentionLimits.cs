namespace Pharos.Storage;

/// <summary>How much history is kept. A limit of zero or less does not limit.</summary>
/// <param name="Time">Blocks go that end so long before the newest one; the head's samples too, where it reaches back that far.</param>
/// <param name="Bytes">Most bytes of blocks, log and head chunks together; the oldest blocks go first.</param>
/// <param name="Percentage">The same as a share of the disk, 0 to 100; comes before <paramref name="Bytes"/>.</param>
public sealed record RetentionLimits(TimeSpan Time, long Bytes, double Percentage);
