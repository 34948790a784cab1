using Pharos.Scrape.Targets;

namespace Pharos.Scrape.Http;

/// <summary>Fetches bodies of targets. Used by many loops at once.</summary>
internal interface ITargetClient : IDisposable
{
    /// <summary>Writes the body into the buffer and gives its Content-Type, empty when there is none.</summary>
    /// <exception cref="ScrapeException">It could not be fetched; the message says why, in upstream's words.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<string> FetchAsync(Target target, ScrapeBuffer buffer, CancellationToken cancellationToken);
}
