using Pharos.Core.Contracts;
using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <summary>
/// The series that one part of the store has: the head, a block. Several of them become one set by <see cref="MergedSeriesSet"/>. Value ids are those of the querier, see
/// <see cref="ValueIds"/>.
/// </summary>
internal interface ISourceSet : ISeriesSet
{
    /// <summary>No sample is older, milliseconds.</summary>
    long MinTime { get; }

    /// <summary>No sample is newer, milliseconds.</summary>
    long MaxTime { get; }

    /// <summary>Writes what each series is recognised by; <paramref name="identities"/> has as many places as there are series.</summary>
    void GetIdentities(Span<SeriesIdentity> identities);
}
