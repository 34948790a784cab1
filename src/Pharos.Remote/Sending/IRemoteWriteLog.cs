namespace Pharos.Remote.Sending;

/// <summary>Takes what an operator should read about sending. Callable from any thread; must not throw. The receiver's answers are shown as they are, secrets never.</summary>
public interface IRemoteWriteLog
{
    /// <summary>A queue begins to follow the log.</summary>
    void Started(string queue, string url, string from);

    /// <summary>A queue ended.</summary>
    void Stopped(string queue, string url);

    /// <summary>An attempt failed and is made again.</summary>
    void Retrying(string queue, string url, string error);

    /// <summary>The receiver said how long to wait.</summary>
    void WaitingAsAsked(string queue, string url, TimeSpan duration);

    /// <summary>A request is given up, or was written in part only.</summary>
    void Failed(string queue, string url, int samples, int histograms, int exemplars, string error);

    /// <summary>Metadata is given up.</summary>
    void MetadataFailed(string queue, string url, int count, string error);

    /// <summary>The number of shards changes.</summary>
    void Resharding(string queue, string url, int from, int to);

    /// <summary>The number of shards should change and does not.</summary>
    void ReshardingSkipped(string queue, string url, string reason);

    /// <summary>A sample names a series that neither the store nor its log describes.</summary>
    void UnknownSeries(string queue, string url, ulong reference);

    /// <summary>The log cannot be read here.</summary>
    void LogUnreadable(string queue, string url, string error);

    /// <summary>The store dropped segments before they were sent.</summary>
    void SegmentsLost(string queue, string url, int count);

    /// <summary>What was read and not sent when the time to stop was over; it stays in the log for the next start.</summary>
    void NotFlushed(string queue, string url, int samples, int histograms, int exemplars);

    /// <summary>The place in the log could not be remembered.</summary>
    void PositionNotKept(string queue, string file, string error);

    /// <summary>Something about the configuration of the queue.</summary>
    void ConfigurationNote(string queue, string url, string text);
}
