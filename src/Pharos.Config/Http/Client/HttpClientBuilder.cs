using System.Net;

namespace Pharos.Config.Http.Client;

/// <summary>Makes the HTTP client that a section's <see cref="HttpClientConfig"/> describes: connections, TLS, proxy, redirects, sign-in, headers.</summary>
public static class HttpClientBuilder
{
    private const int IdleMinutes = 5;

    /// <summary>
    /// A client for many requests from many threads. Answers are not decompressed and cookies not kept; there is no timeout but the caller's token.
    /// Secrets and certificates in files are read when they are used. The caller disposes it.
    /// </summary>
    /// <param name="config">The section.</param>
    /// <param name="time">The clock that access tokens expire by; the system's when not given.</param>
    /// <exception cref="NotSupportedException">The section asks for what this version cannot do; the message names it.</exception>
    public static HttpMessageInvoker Build(HttpClientConfig config, TimeProvider? time = null)
    {
        RefuseUnsupported(config);
#pragma warning disable CA2000 // each handler belongs to the one around it, the outermost to the invoker
        HttpMessageHandler handler = new HttpVersionHandler(config.EnableHttp2, Connections(config));
        if (config.OAuth2 is { } oauth2)
        {
            handler = new OAuth2Handler(oauth2, time ?? TimeProvider.System, handler);
        }
        else if (config.HasAuthentication)
        {
            handler = new AuthenticationHandler(config, handler);
        }

        if (config.Headers.Count > 0)
        {
            handler = new HeaderHandler(config.Headers, handler);
        }

        if (config.FollowRedirects)
        {
            handler = new RedirectHandler(handler);
        }
#pragma warning restore CA2000
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }

    private static SocketsHttpHandler Connections(HttpClientConfig config) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(IdleMinutes),
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        UseProxy = config.Proxy.FromEnvironment || config.Proxy.Url is { IsEmpty: false },
        Proxy = config.Proxy.FromEnvironment ? null : ConfiguredProxy.From(config.Proxy),
        SslOptions = TlsSettings.From(config.Tls),
    };

    private static void RefuseUnsupported(HttpClientConfig config)
    {
        if (config.OAuth2 is { GrantType: not ("" or "client_credentials") } oauth2)
        {
            throw new NotSupportedException($"oauth2 with grant_type {oauth2.GrantType} is not yet supported");
        }

        if (config.Proxy.ConnectHeader.Count > 0)
        {
            throw new NotSupportedException("proxy_connect_header is not yet supported");
        }

        string[] references =
        [
            config.BasicAuth?.UsernameRef ?? "", config.BasicAuth?.PasswordRef ?? "", config.Authorization?.CredentialsRef ?? "",
            config.Tls.CaRef, config.Tls.CertRef, config.Tls.KeyRef, config.OAuth2?.ClientSecretRef ?? "",
        ];
        if (Array.Exists(references, static r => r.Length > 0))
        {
            throw new NotSupportedException("secrets by reference (…_ref) are not yet supported: no secret manager is built in");
        }
    }
}
