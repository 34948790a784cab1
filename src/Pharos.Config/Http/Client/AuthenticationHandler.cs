using System.Net.Http.Headers;
using System.Text;

namespace Pharos.Config.Http.Client;

/// <summary>Signs requests in that bear no <c>Authorization</c> yet, with basic authentication or a token.</summary>
internal sealed class AuthenticationHandler(HttpClientConfig config, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null && !request.Options.TryGetValue(RedirectHandler.LeftHost, out _))
        {
            request.Headers.Authorization = config.BasicAuth is { } basic
                ? await BasicAsync(basic, cancellationToken).ConfigureAwait(false)
                : await TokenAsync(config.Authorization!, cancellationToken).ConfigureAwait(false);
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<AuthenticationHeaderValue> BasicAsync(BasicAuthConfig config, CancellationToken cancellationToken)
    {
        string user = config.UsernameFile.Length == 0
            ? config.Username
            : await SecretFile.ReadAsync("basic auth username", config.UsernameFile, cancellationToken).ConfigureAwait(false);
        string password = config.PasswordFile.Length == 0
            ? config.Password.Reveal()
            : await SecretFile.ReadAsync("basic auth password", config.PasswordFile, cancellationToken).ConfigureAwait(false);
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    private static async ValueTask<AuthenticationHeaderValue?> TokenAsync(AuthorizationConfig config, CancellationToken cancellationToken)
    {
        string credentials = config.CredentialsFile.Length == 0
            ? config.Credentials.Reveal()
            : await SecretFile.ReadAsync("authorization credentials", config.CredentialsFile, cancellationToken).ConfigureAwait(false);
        return new AuthenticationHeaderValue(config.Type, credentials);
    }
}
