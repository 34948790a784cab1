using System.Net.Security;
using System.Security.Authentication;
using Pharos.Access.WebConfig;
using Pharos.Config;
using Pharos.Testing;

namespace Pharos.Access.Tests.WebConfig;

public sealed class WebConfigFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_empty_file_asks_for_nothing()
    {
        WebConfigFile config = Load("");
        Assert.Null(config.Tls);
        Assert.True(config.Http2);
        Assert.Empty(config.Headers);
        Assert.Empty(config.BasicAuthUsers);
        Assert.Null(config.RateLimit);
        Assert.Empty(config.Warnings);
    }

    [Fact]
    public void All_of_it_is_read()
    {
        WebConfigFile config = Load("""
            tls_server_config:
              cert_file: server.crt
              key_file: /etc/server.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: ca.pem
              client_allowed_sans: [one, "10.0.0.1"]
              min_version: TLS12
              max_version: TLS12
              cipher_suites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]
              prefer_server_cipher_suites: false
            http_server_config:
              http2: false
              headers:
                X-Frame-Options: deny
                Strict-Transport-Security: max-age=31536000; includeSubDomains
                X-Content-Type-Options: nosniff
                X-XSS-Protection: 1
                Content-Security-Policy: "default-src 'self' *.test.example.net"
            basic_auth_users:
              alice: $2y$12$1DpfPeqF9HzHJt.EWswy1exHluGfbhnn3yXhR7Xes6m3WJqFg0Wby
              bob: $2y$18$4VeFDzXIoPHKnKTU3O3GH.N.vZu06CVqczYZ8WvfzrddFU6tGqjR.
            rate_limit:
              interval: 100ms
              burst: 5
            """);
        TlsServerConfig tls = config.Tls!;
        Assert.Equal((_folder.File("server.crt"), "/etc/server.key", _folder.File("ca.pem")), (tls.CertFile, tls.KeyFile, tls.ClientCaFile));
        Assert.Equal(ClientAuthType.RequireAndVerifyClientCert, tls.ClientAuth);
        Assert.Equal(["one", "10.0.0.1"], tls.ClientAllowedSans);
        Assert.Equal(SslProtocols.Tls12, tls.Versions);
        Assert.Equal([TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384], tls.CipherSuites);
        Assert.False(config.Http2);
        Assert.Equal("1", config.Headers["X-XSS-Protection"]);
        Assert.Equal(5, config.Headers.Count);
        Assert.Equal(["alice", "bob"], config.BasicAuthUsers.Keys);
        Assert.Equal(new RateLimitConfig(TimeSpan.FromMilliseconds(100), 5), config.RateLimit);
    }

    [Fact]
    public void The_defaults_are_upstreams()
    {
        TlsServerConfig tls = Load("tls_server_config: {cert_file: c, key_file: k}").Tls!;
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, tls.Versions);
        Assert.Equal(ClientAuthType.NoClientCert, tls.ClientAuth);
        Assert.Null(tls.ClientAllowedSans);
        Assert.Empty(tls.CipherSuites);
    }

    [Fact]
    public void Keys_may_stand_in_the_file_and_are_never_printed()
    {
        WebConfigFile config = Load("tls_server_config: {cert: some cert, key: some key, client_auth_type: RequireClientCert}");
        Assert.Equal("some key", config.Tls!.Key.Reveal());
        Assert.Equal(ClientAuthType.RequireAnyClientCert, config.Tls.ClientAuth);
        Assert.DoesNotContain("some key", config.Tls.ToString());
        Assert.DoesNotContain("some", config.ToString());
        Assert.Contains("does not verify", Assert.Single(config.Warnings).Message);
    }

    [Fact]
    public void Curves_are_known_and_have_no_effect()
        => Assert.Contains("no effect", Assert.Single(Load("tls_server_config: {cert_file: c, key_file: k, curve_preferences: [CurveP256, X25519]}").Warnings).Message);

    [Fact]
    public void A_hash_that_takes_seconds_is_taken_with_a_warning()
    {
        WebConfigFile config = Load("basic_auth_users: {bob: $2y$18$4VeFDzXIoPHKnKTU3O3GH.N.vZu06CVqczYZ8WvfzrddFU6tGqjR., dave: $2y$10$2UXri9cIDdgeKjBo4Rlpx.U3ZLDV8X1IxKmsfOvhcM5oXQt/mLmXq}");
        Assert.Contains("the hash of bob has cost 18", Assert.Single(config.Warnings).Message);
        Assert.Equal(2, config.BasicAuthUsers.Count);
    }

    [Fact]
    public void Versions_without_a_certificate_do_not_make_TLS()
    {
        WebConfigFile config = Load("tls_server_config: {min_version: TLS13}");
        Assert.Null(config.Tls);
        Assert.Contains("TLS is off", Assert.Single(config.Warnings).Message);
    }

    [Fact]
    public void A_limit_of_interval_0_is_none() => Assert.Null(Load("rate_limit: {interval: 0, burst: 0}").RateLimit);

    [Fact]
    public void A_limit_without_a_burst_lets_nothing_pass() => Assert.Equal(0, Load("rate_limit: {interval: 1s}").RateLimit!.Burst);

    /// <summary>The words of the exporter toolkit where it has some.</summary>
    [Theory]
    [InlineData("tls_server_config: {cert_filse: c}", "field cert_filse not found in type web.TLSConfig")]
    [InlineData("hWkNKCp3fvIx3jKnsaBI\nTuEjdwNS8A2vYdFbiKqr", "into web.Config")]
    [InlineData("tls_server_config: {cert_file: '', key_file: k}", "missing one of cert or cert_file")]
    [InlineData("tls_server_config: {cert: '', key_file: k}", "missing one of cert or cert_file")]
    [InlineData("tls_server_config: {cert_file: c, key_file: ''}", "missing one of key or key_file")]
    [InlineData("tls_server_config: {cert_file: c, key: ''}", "missing one of key or key_file")]
    [InlineData("tls_server_config: {cert_file: '', key_file: '', client_auth_type: x}", "invalid ClientAuth: x")]
    [InlineData("tls_server_config: {cert_file: c, key_file: k, client_ca_file: /dev/null}", "client CA's have been configured without a Client Auth Policy")]
    [InlineData("tls_server_config: {cert_file: c, key_file: k, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA2048]}", "unknown cipher: TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA2048")]
    [InlineData("tls_server_config: {cert_file: c, key_file: k, curve_preferences: [CurveP257]}", "unknown curve: CurveP257")]
    [InlineData("tls_server_config: {cert_file: c, key_file: k, min_version: TLS111}", "unknown TLS version: TLS111")]
    [InlineData("tls_server_config: {cert_file: c, key_file: k, min_version: TLS13, max_version: TLS12}", "min_version is above max_version")]
    [InlineData("tls_server_config: {cert_file: c, key_file: k, max_version: TLS12, cipher_suites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]}", "TLSConfig.CipherSuites is missing an HTTP/2-required")]
    [InlineData("http_server_config: {headers: {X-Content-Type-Options: sniff}}", "invalid value for X-Content-Type-Options. Expected one of: [\"nosniff\"], but got: \"sniff\"")]
    [InlineData("http_server_config: {headers: {X-Frame-Options: foo}}", "invalid value for X-Frame-Options. Expected one of: [\"deny\" \"sameorigin\"], but got: \"foo\"")]
    [InlineData("http_server_config: {headers: {Content-Type: foo}}", "HTTP header \"Content-Type\" can not be configured")]
    [InlineData("http_server_config: {headers: {X-XSS-Protection: \"a\\r\\nb\"}}", "a header is one line")]
    [InlineData("http_server_config: {http2: maybe}", "into bool")]
    [InlineData("basic_auth_users: {john: doe}", "hashedSecret too short to be a bcrypted password")]
    [InlineData("basic_auth_users: {'jo:hn': $2y$10$2UXri9cIDdgeKjBo4Rlpx.U3ZLDV8X1IxKmsfOvhcM5oXQt/mLmXq}", "no colon")]
    [InlineData("rate_limit: {interval: soon}", "invalid duration")]
    [InlineData("rate_limit: {interval: -1s}", "negative")]
    [InlineData("rate_limit: {interval: 1s, burst: -1}", "negative")]
    [InlineData("unknown: 1", "field unknown not found in type web.Config")]
    public void What_is_wrong_is_said_with_its_place(string text, string expected)
    {
        ConfigException exception = Assert.Throws<ConfigException>(() => Load(text));
        Assert.Contains(expected, exception.Message);
        Assert.All(exception.Errors, static error => Assert.True(error.Line > 0));
        Assert.Contains("web.yml", exception.Message);
    }

    [Fact]
    public void A_bad_hash_is_not_shown()
    {
        ConfigException exception = Assert.Throws<ConfigException>(() => Load("basic_auth_users: {john: my-plain-password}"));
        Assert.DoesNotContain("my-plain-password", exception.Message);
    }

    [Fact]
    public void A_missing_file_is_said()
    {
        ConfigException exception = Assert.Throws<ConfigException>(() => WebConfigFile.Load(_folder.File("nowhere.yml")));
        Assert.Contains("no such file", exception.Message);
    }

    private WebConfigFile Load(string text) => WebConfigFile.Load(_folder.Write("web.yml", text));
}
