namespace Pharos.Scrape;

/// <summary>Takes what is worth a line in the log. Called from many threads; must not block. Texts are upstream's, the rest are fields.</summary>
public interface IScrapeLog
{
    /// <summary>A scrape failed; debug level, since <c>up</c> and the target's page say it too.</summary>
    void ScrapeFailed(string job, string target, string error);

    /// <summary>Samples were refused: <paramref name="problem"/> says why and <paramref name="count"/> how many; warning level.</summary>
    void SamplesRefused(string job, string target, string problem, int count);

    /// <summary>The store could not take a scrape; error level.</summary>
    void CommitFailed(string job, string target, string error);

    /// <summary>Discovery failed, no target could be made of something that was discovered, or a job cannot scrape; error level.</summary>
    void JobFailed(string job, string error);
}
