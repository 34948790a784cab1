using System.Net;
using System.Security.Cryptography.X509Certificates;
using Pharos.Testing;

namespace Pharos.Server.Tests.Access;

/// <summary>Client certificates as <c>client_auth_type</c> asks for them.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestCertificates _ca = new("Pharos test CA");
    private readonly TestCertificates _stranger = new("a stranger's CA");

    public ClientCertificateTests()
    {
        TestCertificates.Write(_folder, _ca.Server());
        _folder.Write("ca.pem", _ca.Ca.ExportCertificatePem());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>In the order: no certificate, one of the CA, one of a stranger.</summary>
    [Theory]
    [InlineData("NoClientCert", false, "yes yes yes")]
    [InlineData("RequestClientCert", true, "yes yes yes")]
    [InlineData("RequireAnyClientCert", true, "no yes yes")]
    [InlineData("RequireClientCert", true, "no yes yes")]
    [InlineData("VerifyClientCertIfGiven", true, "yes yes no")]
    [InlineData("RequireAndVerifyClientCert", true, "no yes no")]
    public async Task Each_type_lets_in_whom_it_says(string type, bool withCa, string expected)
    {
        await using AccessHost host = await StartAsync(type, withCa ? "  client_ca_file: ca.pem\n" : "");
        string[] answers =
        [
            await AskAsync(host, null),
            await AskAsync(host, _ca.Client("ours")),
            await AskAsync(host, _stranger.Client("theirs")),
        ];
        Assert.Equal(expected, string.Join(' ', answers));
    }

    [Fact]
    public async Task A_certificate_for_servers_is_none_for_clients()
    {
        await using AccessHost host = await StartAsync("RequireAndVerifyClientCert", "  client_ca_file: ca.pem\n");
        Assert.Equal("no", await AskAsync(host, _ca.ServerAsClient()));
    }

    [Fact]
    public async Task The_CA_may_stand_in_the_file()
    {
        await using AccessHost host = await StartAsync("RequireAndVerifyClientCert", $"  client_ca: |\n{TlsTests.Indent(_ca.Ca.ExportCertificatePem())}\n");
        Assert.Equal("yes", await AskAsync(host, _ca.Client("ours")));
        Assert.Equal("no", await AskAsync(host, _stranger.Client("theirs")));
    }

    [Fact]
    public async Task A_certificate_may_be_its_own_CA()
    {
        _folder.Write("ca.pem", _ca.Ca.ExportCertificatePem() + "\n" + _stranger.Client("theirs").ExportCertificatePem());
        await using AccessHost host = await StartAsync("RequireAndVerifyClientCert", "  client_ca_file: ca.pem\n");
        Assert.Equal("yes", await AskAsync(host, _ca.Client("ours")));
        Assert.Equal("no", await AskAsync(host, _stranger.Client("another of theirs")));
    }

    [Theory]
    [InlineData("dns", "yes")]
    [InlineData("email", "yes")]
    [InlineData("ip", "yes")]
    [InlineData("uri", "yes")]
    [InlineData("other", "no")]
    [InlineData("none", "no")]
    public async Task One_of_the_allowed_names_must_be_in_it(string kind, string expected)
    {
        await using AccessHost host = await StartAsync(
            "RequireAndVerifyClientCert", "  client_ca_file: ca.pem\n  client_allowed_sans: [ours.example, me@ours.example, 10.1.2.3, 'spiffe://ours/me']\n");
        Assert.Equal(expected, await AskAsync(host, kind == "none" ? _ca.Client("ours.example") : _ca.Client("ours", names => Add(names, kind))));
    }

    [Fact]
    public async Task A_changed_CA_counts_for_the_next_connection()
    {
        await using AccessHost host = await StartAsync("RequireAndVerifyClientCert", "  client_ca_file: ca.pem\n");
        Assert.Equal("yes", await AskAsync(host, _ca.Client("ours")));
        _folder.Write("ca.pem", _stranger.Ca.ExportCertificatePem());
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("no", await AskAsync(host, _ca.Client("ours")));
        Assert.Equal("yes", await AskAsync(host, _stranger.Client("theirs")));
    }

    [Fact]
    public async Task A_client_certificate_is_no_sign_in()
    {
        await using AccessHost host = await StartAsync("RequireAndVerifyClientCert", "  client_ca_file: ca.pem\n");
        using HttpClient client = host.Client(handler: Handler(_ca.Client("ours")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/read")).StatusCode);
    }

    private static void Add(SubjectAlternativeNameBuilder names, string kind)
    {
        switch (kind)
        {
            case "dns":
                names.AddDnsName("ours.example");
                break;
            case "email":
                names.AddEmailAddress("me@ours.example");
                break;
            case "ip":
                names.AddIpAddress(IPAddress.Parse("10.1.2.3"));
                break;
            case "uri":
                names.AddUri(new Uri("spiffe://ours/me"));
                break;
            default:
                names.AddDnsName("theirs.example");
                names.AddUserPrincipalName("ours.example");
                break;
        }
    }

    private Task<AccessHost> StartAsync(string type, string more) => AccessHost.StartAsync(
        _folder,
        "--web.config.file=" + _folder.Write("web.yml", $"tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n  client_auth_type: {type}\n{more}"));

    private static async Task<string> AskAsync(AccessHost host, X509Certificate2? certificate)
    {
        using HttpClient client = host.Client(handler: Handler(certificate));
        try
        {
            return (await client.GetAsync("/-/healthy")).IsSuccessStatusCode ? "yes" : "odd";
        }
        catch (HttpRequestException)
        {
            return "no";
        }
    }

    private static SocketsHttpHandler Handler(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null } };
        if (certificate is not null)
        {
            // Whatever the server's list of CAs says, this one is sent.
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return handler;
    }
}
