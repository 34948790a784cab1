using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Pharos.Access;
using Pharos.Testing;

namespace Pharos.Server.Tests.Access;

/// <summary>The TLS of <c>--web.config.file</c> on real connections.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Base = "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n";

    private readonly TempFolder _folder = new();
    private readonly TestCertificates _ca = new("Pharos test CA");

    public TlsTests()
    {
        TestCertificates.Write(_folder, _ca.Server());
        _folder.Write("ca.pem", _ca.Ca.ExportCertificatePem());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Requests_are_answered_over_TLS_and_HTTP_2()
    {
        await using AccessHost host = await StartAsync(Base);
        Assert.Equal("https", host.Address.Scheme);
        HttpResponseMessage response = await AskAsync(host);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpVersion.Version20, response.Version);
    }

    [Fact]
    public async Task HTTP_2_can_be_switched_off()
    {
        await using AccessHost host = await StartAsync(Base + "http_server_config: {http2: false}");
        Assert.Equal(HttpVersion.Version11, (await AskAsync(host)).Version);
    }

    [Fact]
    public async Task Plain_requests_are_not_answered_with_TLS_on()
    {
        await using AccessHost host = await StartAsync(Base);
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new UriBuilder(host.Address) { Scheme = "http" }.Uri));
    }

    [Fact]
    public async Task Certificate_and_key_may_stand_in_the_file()
    {
        X509Certificate2 server = _ca.Server();
        string yaml = $"tls_server_config:\n  cert: |\n{Indent(server.ExportCertificatePem())}\n  key: |\n{Indent(TestCertificates.KeyOf(server))}\n";
        await using AccessHost host = await StartAsync(yaml);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host)).StatusCode);
    }

    [Theory]
    [InlineData("TLS12", "TLS12", SslProtocols.Tls12)]
    [InlineData("TLS13", "TLS13", SslProtocols.Tls13)]
    public async Task Versions_are_bounded_on_both_sides(string min, string max, SslProtocols spoken)
    {
        await using AccessHost host = await StartAsync($"{Base}  min_version: {min}\n  max_version: {max}\n");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, protocols: spoken)).StatusCode);
        SslProtocols other = spoken == SslProtocols.Tls12 ? SslProtocols.Tls13 : SslProtocols.Tls12;
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(host, protocols: other));
    }

    [Fact]
    public async Task Cipher_suites_of_TLS_1_2_are_those_of_the_file_and_those_of_1_3_stay()
    {
        await using AccessHost host = await StartAsync($"{Base}  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]\n");
        Assert.Equal(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, await SuiteAsync(host, SslProtocols.Tls12));
        Assert.StartsWith("TLS_AES", (await SuiteAsync(host, SslProtocols.Tls13)).ToString());
    }

    [Fact]
    public async Task A_renewed_certificate_is_used_by_the_next_connection()
    {
        await using AccessHost host = await StartAsync(Base);
        Assert.Equal("CN=server", await SubjectAsync(host));
        TestCertificates.Write(_folder, _ca.Server("renewed"));
        Assert.Equal("CN=server", await SubjectAsync(host));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=renewed", await SubjectAsync(host));
    }

    [Fact]
    public async Task A_half_renewed_certificate_changes_nothing_until_its_key_comes()
    {
        await using AccessHost host = await StartAsync(Base);
        X509Certificate2 renewed = _ca.Server("renewed");
        _folder.Write("server.crt", renewed.ExportCertificatePem());
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=server", await SubjectAsync(host));
        Assert.Contains("the former one stays in effect", host.Log);
        _folder.Write("server.key", TestCertificates.KeyOf(renewed));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=renewed", await SubjectAsync(host));
        Assert.DoesNotContain("PRIVATE KEY", host.Log);
    }

    [Fact]
    public async Task A_mounted_secret_that_is_swapped_by_links_is_seen()
    {
        TestCertificates.Write(_folder, _ca.Server("first"), "v1/tls.crt", "v1/tls.key");
        TestCertificates.Write(_folder, _ca.Server("second"), "v2/tls.crt", "v2/tls.key");
        Directory.CreateSymbolicLink(_folder.File("current"), "v1");
        await using AccessHost host = await StartAsync("tls_server_config: {cert_file: current/tls.crt, key_file: current/tls.key}");
        Assert.Equal("CN=first", await SubjectAsync(host));
        Directory.Delete(_folder.File("current"));
        Directory.CreateSymbolicLink(_folder.File("current"), "v2");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=second", await SubjectAsync(host));
    }

    [Theory]
    [InlineData("server.crt", "", "server.crt")]
    [InlineData("server.crt", "no PEM", "no certificate in PEM")]
    [InlineData("server.key", "no PEM", "server.key")]
    [InlineData("server.key", null, "failed to read key_file")]
    [InlineData("ca.pem", "no PEM", "no certificate in PEM")]
    public async Task A_file_that_is_none_stops_the_start_and_is_named(string file, string? content, string expected)
    {
        File.Delete(_folder.File(file));
        if (content is not null)
        {
            _folder.Write(file, content);
        }

        AccessException exception = await Assert.ThrowsAsync<AccessException>(() => StartAsync(Base + "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ca.pem\n"));
        Assert.Contains(expected, exception.Message);
    }

    [Fact]
    public async Task A_key_of_another_certificate_stops_the_start()
    {
        _folder.Write("server.key", TestCertificates.KeyOf(_ca.Server()));
        AccessException exception = await Assert.ThrowsAsync<AccessException>(() => StartAsync(Base));
        Assert.Contains("server.key", exception.Message);
        Assert.DoesNotContain("PRIVATE", exception.Message);
    }

    internal static string Indent(string text) => string.Join('\n', text.Split('\n').Select(static line => "    " + line));

    private Task<AccessHost> StartAsync(string yaml) => AccessHost.StartAsync(_folder, "--web.config.file=" + _folder.Write("web.yml", yaml));

    private static async Task<HttpResponseMessage> AskAsync(AccessHost host, SslProtocols protocols = SslProtocols.None)
    {
        using HttpClient client = host.Client(handler: Handler(protocols));
        client.DefaultRequestVersion = HttpVersion.Version20;
        return await client.GetAsync("/-/healthy");
    }

    private static SocketsHttpHandler Handler(SslProtocols protocols) => new()
    {
        SslOptions = { EnabledSslProtocols = protocols, RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null },
    };

    private static async Task<string> SubjectAsync(AccessHost host)
    {
        string subject = "";
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            subject = certificate?.Subject ?? "";
            return certificate is not null;
        };
        using HttpClient client = host.Client(handler: handler);
        await client.GetAsync("/-/healthy");
        return subject;
    }

    private static async Task<TlsCipherSuite> SuiteAsync(AccessHost host, SslProtocols protocols)
    {
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        await using var stream = new SslStream(connection.GetStream(), false, static (_, certificate, _, _) => certificate is not null);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = protocols });
        return stream.NegotiatedCipherSuite;
    }
}
