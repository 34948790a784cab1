using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Core.Labels;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Http;
using Pharos.Scrape.Targets;
using Pharos.Testing;

namespace Pharos.Scrape.Tests.Http;

public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _authority = Issue("authority", null);
    private readonly X509Certificate2 _server;
    private readonly X509Certificate2 _client;

    public TlsTests()
    {
        _server = Issue("target.example", _authority);
        _client = Issue("pharos", _authority);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _server.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task An_unknown_authority_is_refused_in_words_and_insecure_skip_verify_takes_it()
    {
        ScrapeException e = await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(new TlsConfig()));
        Assert.Contains("tls: failed to verify certificate: x509: ", e.Message, StringComparison.Ordinal);
        Assert.Equal("a 1\n", (await FetchAsync(new TlsConfig { InsecureSkipVerify = true })).Body);
    }

    [Fact]
    public async Task The_configured_authority_and_server_name_are_what_counts()
    {
        using var folder = new TempFolder();
        string file = folder.Write("ca.pem", _authority.ExportCertificatePem());
        Assert.Equal("a 1\n", (await FetchAsync(new TlsConfig { CaFile = file, ServerName = "target.example" })).Body);
        Assert.Equal("a 1\n", (await FetchAsync(new TlsConfig { Ca = _authority.ExportCertificatePem() })).Body);

        ScrapeException e = await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(new TlsConfig { CaFile = file, ServerName = "other.example" }));
        Assert.EndsWith("tls: failed to verify certificate: x509: certificate is not valid for other.example", e.Message, StringComparison.Ordinal);

        using X509Certificate2 stranger = Issue("stranger", null);
        folder.Write("ca.pem", stranger.ExportCertificatePem());
        await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(new TlsConfig { CaFile = file }));
    }

    [Fact]
    public async Task A_client_certificate_is_shown()
    {
        using var folder = new TempFolder();
        var tls = new TlsConfig
        {
            InsecureSkipVerify = true,
            CertFile = folder.Write("cert.pem", _client.ExportCertificatePem()),
            Key = new Secret(_client.GetRSAPrivateKey()!.ExportRSAPrivateKeyPem()),
        };
        Assert.Equal("CN=pharos", (await FetchAsync(tls)).Client);
    }

    private static X509Certificate2 Issue(string name, X509Certificate2? issuer)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        if (issuer is null)
        {
            return request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2));
        }

        using X509Certificate2 certificate = request.Create(issuer, now.AddDays(-1), now.AddDays(1), [1, 2, 3]);
        return certificate.CopyWithPrivateKey(key);
    }

    private async Task<(string Body, string Client)> FetchAsync(TlsConfig tls)
    {
        string client = "";
        await using var target = new FakeTarget(static (_, _, _) => Task.CompletedTask)
        {
            Wrap = async (stream, stop) =>
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificate = X509CertificateLoader.LoadPkcs12(_server.Export(X509ContentType.Pkcs12), null),
                        ClientCertificateRequired = true,
                        RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is null || certificate.Subject.Length > 0,
                    },
                    stop);
                client = secure.RemoteCertificate?.Subject ?? "";
                return secure;
            },
            Answer = static (_, s, stop) => FakeTarget.WriteAsync(s, "a 1\n", "text/plain", "200 OK", stop),
        };
        var job = new ScrapeConfig { JobName = "j", Scheme = "https", Http = new HttpClientConfig { Tls = tls } };
        Labels labels = Labels.Of("__address__", target.Address, "__scheme__", "https", "__metrics_path__", "/metrics", "__scrape_interval__", "15s", "__scrape_timeout__", "10s");
        using var http = new HttpTargetClient(job, "t", new ScrapeMetrics());
        using var buffer = new ScrapeBuffer();
        buffer.Begin();
        await http.FetchAsync(new Target(job, labels, labels), buffer, CancellationToken.None);
        return (System.Text.Encoding.UTF8.GetString(buffer.Body), client);
    }
}
