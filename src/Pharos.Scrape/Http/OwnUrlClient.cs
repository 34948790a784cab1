using Pharos.Scrape.Targets;

namespace Pharos.Scrape.Http;

/// <summary>Asks over HTTP, but for what the server itself serves, which is taken from inside the process.</summary>
internal sealed class OwnUrlClient : ITargetClient
{
    private readonly ITargetClient _http;
    private readonly Func<string, IExpositionSource?> _own;

    /// <param name="http">Serves all other targets; owned.</param>
    /// <param name="own">The source of a URL that is the server itself.</param>
    public OwnUrlClient(ITargetClient http, Func<string, IExpositionSource?> own)
    {
        _http = http;
        _own = own;
    }

    public ValueTask<string> FetchAsync(Target target, ScrapeBuffer buffer, CancellationToken cancellationToken) =>
        _own(target.Url) is { } source
            ? InProcessTargetClient.FetchAsync(source, buffer, cancellationToken)
            : _http.FetchAsync(target, buffer, cancellationToken);

    public void Dispose() => _http.Dispose();
}
