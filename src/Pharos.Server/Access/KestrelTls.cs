using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Pharos.Server.Access;

/// <summary>Puts the TLS of the web configuration onto a listener.</summary>
internal static class KestrelTls
{
    private static readonly TlsCipherSuite[] SuitesOfTls13 =
        [TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256];

    /// <summary>Without TLS the listener speaks HTTP/1.1; with it also HTTP/2, unless the file says no. Each handshake uses the present files.</summary>
    public static void UseWebConfig(this ListenOptions listen, WebConfigSource source)
    {
        if (!source.IsTls)
        {
            listen.Protocols = HttpProtocols.Http1;
            return;
        }

        bool http2 = source.Current().Config.Http2;
        listen.Protocols = http2 ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
        List<SslApplicationProtocol> protocols = http2 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11];
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(OptionsOf(source.Current().Tls!, protocols)),
        });
    }

    private static SslServerAuthenticationOptions OptionsOf(TlsFiles tls, List<SslApplicationProtocol> protocols)
    {
        bool asksClient = tls.Config.ClientAuth != Pharos.Access.WebConfig.ClientAuthType.NoClientCert;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = tls.Chain,
            EnabledSslProtocols = tls.Config.Versions,
            ApplicationProtocols = protocols,
            CipherSuitesPolicy = tls.Config.CipherSuites.Count > 0 ? new CipherSuitesPolicy(tls.Config.CipherSuites.Concat(SuitesOfTls13).Distinct()) : null,

            // The callback also comes without a certificate, and decides that too.
            ClientCertificateRequired = asksClient,
            RemoteCertificateValidationCallback = asksClient
                ? (_, certificate, chain, _) => ClientCertificateRule.Accepts(tls, certificate as X509Certificate2, chain)
                : null,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,

            // A resumed session would not be judged by a list of CAs that has changed since.
            AllowTlsResume = !asksClient,
        };
    }
}
