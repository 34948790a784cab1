using Pharos.Scrape.Targets;

namespace Pharos.Scrape.Http;

/// <summary>Fetches bodies of targets. Used by many loops at once.</summary>
internal interface ITargetClient : IDisposable
{
    /// <summary>Writes the body into the buffer and gives its Content-Type, empty when there is none.</summary>
    /// <exception cref="ScrapeException">It could not be fetched, or not before the token was cancelled; the message says why, in upstream's words.</exception>
    /// <exception cref="BodySizeLimitException">The body is too large.</exception>
    ValueTask<string> FetchAsync(Target target, ScrapeBuffer buffer, CancellationToken cancellationToken);
}
