namespace Pharos.Core.Hashing;

/// <summary>128 bits of hash in two halves, each good for use alone.</summary>
/// <param name="Low">First half.</param>
/// <param name="High">Second half.</param>
public readonly record struct Hash128(ulong Low, ulong High);
