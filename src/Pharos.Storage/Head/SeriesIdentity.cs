using Pharos.Core.Hashing;

namespace Pharos.Storage.Head;

/// <summary>
/// What tells a series from all others: 96 bits of the keyed hash of its canonical label bytes, as many as the head keeps of it. docs/decisions/0021 says why a hash may be that.
/// </summary>
/// <param name="High">The second half of the hash.</param>
/// <param name="Low">The lower 32 bits of its first half.</param>
internal readonly record struct SeriesIdentity(ulong High, uint Low)
{
    /// <summary>That of a hash.</summary>
    public static SeriesIdentity Of(Hash128 hash) => new(hash.High, (uint)hash.Low);
}
