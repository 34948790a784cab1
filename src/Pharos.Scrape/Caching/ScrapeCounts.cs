namespace Pharos.Scrape.Caching;

/// <summary>What one walk over a body counted.</summary>
internal struct ScrapeCounts
{
    /// <summary>Samples in the body.</summary>
    public int Scraped;

    /// <summary>Samples that relabelling left, those refused afterwards included.</summary>
    public int Kept;

    /// <summary>Series that the last successful scrape did not have.</summary>
    public int SeriesAdded;

    /// <summary>Samples refused because the body holds their series twice.</summary>
    public int Duplicates;

    /// <summary>Samples too far in the future.</summary>
    public int OutOfBounds;
}
