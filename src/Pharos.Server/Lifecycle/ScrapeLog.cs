using Pharos.Scrape;

namespace Pharos.Server.Lifecycle;

/// <summary>Puts what scraping has to say into the log.</summary>
internal sealed partial class ScrapeLog : IScrapeLog
{
    private readonly ILogger<ScrapeManager> _logger;

    public ScrapeLog(ILogger<ScrapeManager> logger)
    {
        _logger = logger;
    }

    public void ScrapeFailed(string job, string target, string error) => Log.ScrapeFailed(_logger, job, target, error);

    public void SamplesRefused(string job, string target, string problem, int count) => Log.SamplesRefused(_logger, problem, job, target, count);

    public void CommitFailed(string job, string target, string error) => Log.CommitFailed(_logger, job, target, error);

    public void JobFailed(string job, string error) => Log.JobFailed(_logger, error, job);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Scrape failed")]
        public static partial void ScrapeFailed(ILogger logger, string job, string target, string err);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{problem}")]
        public static partial void SamplesRefused(ILogger logger, string problem, string job, string target, int count);

        [LoggerMessage(Level = LogLevel.Error, Message = "Scrape commit failed")]
        public static partial void CommitFailed(ILogger logger, string job, string target, string err);

        [LoggerMessage(Level = LogLevel.Error, Message = "{problem}")]
        public static partial void JobFailed(ILogger logger, string problem, string job);
    }
}
