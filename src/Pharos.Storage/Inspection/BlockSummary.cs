using Pharos.Storage.Blocks;

namespace Pharos.Storage.Inspection;

/// <summary>A block of a folder.</summary>
/// <param name="Meta">What it says of itself.</param>
/// <param name="SizeBytes">Bytes of its files.</param>
/// <param name="Folder">Where it lies.</param>
public sealed record BlockSummary(BlockMeta Meta, long SizeBytes, string Folder);
