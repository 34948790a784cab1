namespace Pharos.Scrape;

/// <summary>Says nothing.</summary>
internal sealed class SilentScrapeLog : IScrapeLog
{
    public void ScrapeFailed(string job, string target, string error)
    {
    }

    public void SamplesRefused(string job, string target, string problem, int count)
    {
    }

    public void CommitFailed(string job, string target, string error)
    {
    }

    public void JobFailed(string job, string error)
    {
    }
}
