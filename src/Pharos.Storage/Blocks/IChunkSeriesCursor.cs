using Pharos.Storage.Chunks;

namespace Pharos.Storage.Blocks;

/// <summary>A walk over series and their chunks, ascending by labels as upstream compares them, for one user. What it shows is valid until the next move.</summary>
internal interface IChunkSeriesCursor : IDisposable
{
    /// <summary>Goes to the next, or says that there is none.</summary>
    bool MoveNext();

    /// <summary>The labels in canonical form, see <see cref="Head.LabelBytes"/>.</summary>
    ReadOnlySpan<byte> LabelBytes { get; }

    /// <summary>The chunks that overlap the range, ascending by their first time. They overlap each other only where the input holds out-of-order samples.</summary>
    ReadOnlySpan<ChunkView> Chunks { get; }

    /// <summary>What is deleted of the series: ascending, apart from each other.</summary>
    ReadOnlySpan<DeletedInterval> Deleted { get; }
}
