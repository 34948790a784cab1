using Pharos.Scrape.Targets;

namespace Pharos.Scrape.Http;

/// <summary>Stands in where no client can be made of a job's configuration, so that its targets say why they are down.</summary>
internal sealed class FailingTargetClient(string error) : ITargetClient
{
    public ValueTask<string> FetchAsync(Target target, ScrapeBuffer buffer, CancellationToken cancellationToken) =>
        throw new ScrapeException($"error creating HTTP client: {error}");

    public void Dispose()
    {
    }
}
