using System.Security.Authentication;
using Pharos.Config.Http;

namespace Pharos.Config.Tests.Http;

public sealed class HttpClientConfigTests
{
    [Fact]
    public void An_empty_section_has_upstreams_defaults()
    {
        (HttpClientConfig? config, ConfigDiagnostics found, string canonical) = Read("");

        Assert.Empty(found.Errors);
        Assert.True(config!.FollowRedirects && config.EnableHttp2 && !config.HasAuthentication);
        Assert.Equal("follow_redirects: true\nenable_http2: true\n", canonical);
    }

    [Fact]
    public void Every_field_is_read_and_paths_are_seen_from_the_file()
    {
        (HttpClientConfig? config, ConfigDiagnostics found, _) = Read("""
            oauth2:
              client_id: id
              client_secret_file: secret
              scopes: [a, b]
              token_url: http://token
              endpoint_params: {x: y}
              tls_config: {ca: PEM}
              proxy_url: http://proxy
            tls_config: {ca_file: ca.pem, cert_file: /abs/cert.pem, key_file: key.pem, server_name: s, insecure_skip_verify: true, min_version: TLS12, max_version: TLS13}
            follow_redirects: false
            enable_http2: false
            proxy_url: http://u:p@proxy:80
            no_proxy: localhost
            proxy_connect_header: {X-A: [s1, s2]}
            http_headers:
              X-B: {values: [v], secrets: [s], files: [f]}
            """);

        Assert.Empty(found.Errors);
        Assert.Equal(("id", "/etc/prometheus/secret", "http://token", "PEM"), (config!.OAuth2!.ClientId, config.OAuth2.ClientSecretFile, config.OAuth2.TokenUrl, config.OAuth2.Tls.Ca));
        Assert.Equal(("/etc/prometheus/ca.pem", "/abs/cert.pem", "/etc/prometheus/key.pem"), (config.Tls.CaFile, config.Tls.CertFile, config.Tls.KeyFile));
        Assert.Equal((SslProtocols.Tls12, SslProtocols.Tls13, true), (config.Tls.MinVersion, config.Tls.MaxVersion, config.Tls.InsecureSkipVerify));
        Assert.Equal(("proxy:80", "p", "localhost"), (config.Proxy.Url!.Host, config.Proxy.Url.Password.Reveal(), config.Proxy.NoProxy));
        Assert.Equal(["s1", "s2"], config.Proxy.ConnectHeader["X-A"].Select(s => s.Reveal()));
        Assert.Equal(("v", "s", "/etc/prometheus/f"), (config.Headers["X-B"].Values[0], config.Headers["X-B"].Secrets[0].Reveal(), config.Headers["X-B"].Files[0]));
        Assert.Equal(5, found.NeededFiles.Count);
    }

    [Fact]
    public void A_bearer_token_is_an_authorization()
    {
        (HttpClientConfig? config, _, string canonical) = Read("bearer_token: hunter2");

        Assert.Equal(("Bearer", "hunter2", true), (config!.Authorization!.Type, config.Authorization.Credentials.Reveal(), config.UsesBearerToken));
        Assert.Contains("authorization:\n  type: Bearer\n  credentials: <secret>\n", canonical, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bearer_token: a\nbearer_token_file: b", 2, "at most one of bearer_token & bearer_token_file must be configured")]
    [InlineData("basic_auth: {username: a}\nbearer_token: b", 2, "at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured")]
    [InlineData("authorization: {credentials: a}\nbearer_token: b", 1, "authorization is not compatible with bearer_token & bearer_token_file")]
    [InlineData("basic_auth: {username: a}\nauthorization: {credentials: b}", 2, "at most one of basic_auth, oauth2 & authorization must be configured")]
    [InlineData("basic_auth: {username: a}\noauth2: {client_id: a, token_url: b}", 2, "at most one of basic_auth, oauth2 & authorization must be configured")]
    [InlineData("basic_auth: {username: a, username_file: b}", 1, "at most one of basic_auth username, username_file & username_ref must be configured")]
    [InlineData("basic_auth: {password: a, password_ref: b}", 1, "at most one of basic_auth password, password_file & password_ref must be configured")]
    [InlineData("authorization: {type: Basic}", 1, "authorization type cannot be set to \"basic\", use \"basic_auth\" instead")]
    [InlineData("authorization: {credentials: a, credentials_file: b}", 1, "at most one of authorization credentials & credentials_file must be configured")]
    [InlineData("oauth2: {token_url: a}", 1, "oauth2 client_id must be configured")]
    [InlineData("oauth2: {client_id: a}", 1, "oauth2 token_url must be configured")]
    [InlineData("oauth2: {client_id: a, token_url: b, client_secret: c, client_secret_ref: d}", 1, "at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be configured using grant-type=client_credentials")]
    [InlineData("oauth2: {client_id: a, token_url: b, grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', signature_algorithm: none}", 1, "valid signature algorithms are RS256, RS384 and RS512")]
    [InlineData("tls_config: {ca: a, ca_file: b}", 1, "at most one of ca, ca_file & ca_ref must be configured")]
    [InlineData("tls_config: {cert: a, cert_file: b, key: k}", 1, "at most one of cert, cert_file & cert_ref must be configured")]
    [InlineData("tls_config: {cert: a, key: k, key_ref: b}", 1, "at most one of key and key_file must be configured")]
    [InlineData("tls_config: {cert: a}", 1, "exactly one of key or key_file must be configured when a client certificate is configured")]
    [InlineData("tls_config: {key: a}", 1, "exactly one of cert or cert_file must be configured when a client key is configured")]
    [InlineData("tls_config: {min_version: SSL3}", 1, "unknown TLS version: SSL3")]
    [InlineData("proxy_connect_header: {a: [b]}", 1, "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be configured")]
    [InlineData("proxy_url: http://a\nproxy_from_environment: true", 1, "if proxy_from_environment is configured, proxy_url must not be configured")]
    [InlineData("proxy_from_environment: true\nno_proxy: a", 2, "if proxy_from_environment is configured, no_proxy must not be configured")]
    [InlineData("no_proxy: a", 1, "if no_proxy is configured, proxy_url must also be configured")]
    [InlineData("proxy_url: 'http://a:b/'", 1, "parse \"http://a:b/\": invalid port \":b\" after host")]
    [InlineData("http_headers:\n  authorization: {values: [a]}", 2, "setting header \"Authorization\" is not allowed")]
    [InlineData("http_headers:\n  a: {value: b}", 2, "field value not found in type config.Header")]
    public void What_contradicts_itself_is_refused_in_upstreams_words(string text, int line, string message)
    {
        (_, ConfigDiagnostics found, _) = Read(text);

        ConfigError error = Assert.Single(found.Errors);
        Assert.Equal((line, message), (error.Line, error.Message));
    }

    [Fact]
    public void No_secret_shows_in_errors_records_or_print()
    {
        const string Text = """
            basic_auth: {username: u, password: hunter2, password_file: f}
            authorization: {credentials: hunter2, type: basic}
            bearer_token: hunter2
            oauth2: {client_secret: hunter2, client_secret_file: x, client_certificate_key: hunter2}
            tls_config: {key: hunter2}
            proxy_url: http://u:hunter2@host:bad/
            proxy_connect_header: {a: hunter2}
            http_headers: {x: {secrets: hunter2}}
            """;
        (HttpClientConfig? config, ConfigDiagnostics found, string canonical) = Read(Text);

        Assert.NotEmpty(found.Errors);
        Assert.DoesNotContain("hunter2", Assert.Throws<ConfigException>(found.ThrowIfErrors).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", canonical, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", config!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", System.Text.Json.JsonSerializer.Serialize(config), StringComparison.Ordinal);
    }

    private static (HttpClientConfig? Value, ConfigDiagnostics Found, string Canonical) Read(string text) => Reading.Section(text, map => HttpClientConfig.Read(map));
}
