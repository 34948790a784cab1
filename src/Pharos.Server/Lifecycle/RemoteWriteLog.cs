using Pharos.Remote.Sending;

namespace Pharos.Server.Lifecycle;

/// <summary>Puts what sending to other stores has to say into the log, in upstream's words where it has some.</summary>
internal sealed partial class RemoteWriteLog : IRemoteWriteLog
{
    private readonly ILogger<RemoteWriteManager> _logger;

    public RemoteWriteLog(ILogger<RemoteWriteManager> logger)
    {
        _logger = logger;
    }

    public void Started(string queue, string url, string from) => Log.Started(_logger, queue, url, from);

    public void Stopped(string queue, string url) => Log.Stopped(_logger, queue, url);

    public void Retrying(string queue, string url, string error) => Log.Retrying(_logger, queue, url, error);

    public void WaitingAsAsked(string queue, string url, TimeSpan duration) => Log.WaitingAsAsked(_logger, queue, url, duration);

    public void Failed(string queue, string url, int samples, int histograms, int exemplars, string error) =>
        Log.Failed(_logger, queue, url, samples, histograms, exemplars, error);

    public void MetadataFailed(string queue, string url, int count, string error) => Log.MetadataFailed(_logger, queue, url, count, error);

    public void Resharding(string queue, string url, int from, int to) => Log.Resharding(_logger, queue, url, from, to);

    public void ReshardingSkipped(string queue, string url, string reason) => Log.ReshardingSkipped(_logger, reason, queue, url);

    public void UnknownSeries(string queue, string url, ulong reference) => Log.UnknownSeries(_logger, queue, url, reference);

    public void LogUnreadable(string queue, string url, string error) => Log.LogUnreadable(_logger, queue, url, error);

    public void SegmentsLost(string queue, string url, int count) => Log.SegmentsLost(_logger, queue, url, count);

    public void NotFlushed(string queue, string url, int samples, int histograms, int exemplars) => Log.NotFlushed(_logger, queue, url, samples, histograms, exemplars);

    public void PositionNotKept(string queue, string file, string error) => Log.PositionNotKept(_logger, queue, file, error);

    public void ConfigurationNote(string queue, string url, string text) => Log.ConfigurationNote(_logger, text, queue, url);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Starting WAL watcher")]
        public static partial void Started(ILogger logger, string remoteName, string url, string from);

        [LoggerMessage(Level = LogLevel.Information, Message = "Remote storage stopped.")]
        public static partial void Stopped(ILogger logger, string remoteName, string url);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Failed to send batch, retrying")]
        public static partial void Retrying(ILogger logger, string remoteName, string url, string err);

        [LoggerMessage(Level = LogLevel.Information, Message = "Retrying after duration specified by Retry-After header")]
        public static partial void WaitingAsAsked(ILogger logger, string remoteName, string url, TimeSpan duration);

        [LoggerMessage(Level = LogLevel.Error, Message = "non-recoverable error")]
        public static partial void Failed(ILogger logger, string remoteName, string url, int failedSampleCount, int failedHistogramCount, int failedExemplarCount, string err);

        [LoggerMessage(Level = LogLevel.Error, Message = "non-recoverable error while sending metadata")]
        public static partial void MetadataFailed(ILogger logger, string remoteName, string url, int count, string err);

        [LoggerMessage(Level = LogLevel.Information, Message = "Remote storage resharding")]
        public static partial void Resharding(ILogger logger, string remoteName, string url, int from, int to);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Skipping resharding, {reason}")]
        public static partial void ReshardingSkipped(ILogger logger, string reason, string remoteName, string url);

        [LoggerMessage(Level = LogLevel.Information, Message = "Dropped sample for series that was not explicitly dropped via relabelling")]
        public static partial void UnknownSeries(ILogger logger, string remoteName, string url, ulong @ref);

        [LoggerMessage(Level = LogLevel.Error, Message = "error tailing WAL")]
        public static partial void LogUnreadable(ILogger logger, string remoteName, string url, string err);

        [LoggerMessage(Level = LogLevel.Error, Message = "Segments of the log were dropped before they were sent")]
        public static partial void SegmentsLost(ILogger logger, string remoteName, string url, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Not everything was sent before shutdown; the rest stays in the log for the next start")]
        public static partial void NotFlushed(ILogger logger, string remoteName, string url, int samples, int histograms, int exemplars);

        [LoggerMessage(Level = LogLevel.Error, Message = "How far a receiver is could not be written down")]
        public static partial void PositionNotKept(ILogger logger, string remoteName, string file, string err);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{text}")]
        public static partial void ConfigurationNote(ILogger logger, string text, string remoteName, string url);
    }
}
