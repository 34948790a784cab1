namespace Pharos.Discovery;

/// <summary>Finds targets by one mechanism, one configuration. Started once; not restarted.</summary>
public interface IDiscoverer
{
    /// <summary>
    /// Runs until it is cancelled and says every change. A passing failure (an unreadable file, an unreachable server) keeps the groups that
    /// were said before and is reported as <see cref="ITargetGroupSink.ReportError"/>; it does not end the run.
    /// </summary>
    Task RunAsync(ITargetGroupSink sink, CancellationToken cancellationToken);
}
