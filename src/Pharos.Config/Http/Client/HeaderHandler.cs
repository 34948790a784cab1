namespace Pharos.Config.Http.Client;

/// <summary>Adds the configured headers to each request.</summary>
internal sealed class HeaderHandler(IReadOnlyDictionary<string, HttpHeaderConfig> headers, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach ((string name, HttpHeaderConfig header) in headers)
        {
            foreach (string value in header.Values)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            foreach (Secret secret in header.Secrets)
            {
                request.Headers.TryAddWithoutValidation(name, secret.Reveal());
            }

            foreach (string file in header.Files)
            {
                string value = await SecretFile.ReadAsync($"http header {name}", file, cancellationToken).ConfigureAwait(false);
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
