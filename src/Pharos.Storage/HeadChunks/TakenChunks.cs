namespace Pharos.Storage.HeadChunks;

/// <summary>Closed chunks that a truncation took out of use and that readers may still look at.</summary>
/// <param name="HeaderPages">Pages of headers.</param>
/// <param name="Files">Numbers of files, ascending from the oldest.</param>
internal sealed record TakenChunks(List<int> HeaderPages, List<int> Files)
{
    public bool IsEmpty => HeaderPages.Count == 0 && Files.Count == 0;
}
