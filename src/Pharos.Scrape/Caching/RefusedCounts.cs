using Pharos.Core.Contracts;

namespace Pharos.Scrape.Caching;

/// <summary>Samples of one scrape that the store refused, by reason.</summary>
internal struct RefusedCounts
{
    public int OutOfOrder;
    public int Duplicates;
    public int TooOld;

    public void Count(AppendResult result)
    {
        OutOfOrder += result == AppendResult.OutOfOrder ? 1 : 0;
        Duplicates += result == AppendResult.DuplicateTimestamp ? 1 : 0;
        TooOld += result == AppendResult.TooOld ? 1 : 0;
    }
}
