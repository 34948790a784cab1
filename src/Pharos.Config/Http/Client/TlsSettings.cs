using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Pharos.Config.Http.Client;

/// <summary>
/// The TLS side of a client: which versions, whom it trusts, what it shows. Certificates in files are read again when a file changed.
/// A configured server name is what the certificate must bear; the name sent in the handshake stays the URL's host.
/// </summary>
internal sealed class TlsSettings
{
    private readonly TlsConfig _config;
    private readonly PemSource _authorities;
    private readonly PemSource _certificate;
    private readonly PemSource _key;
    private readonly Lock _lock = new(); // guards what was made of the PEM texts
    private (string Pem, X509Certificate2Collection Certificates) _trusted = ("", []);
    private (string Pem, X509Certificate2? Certificate) _client = ("", null);

    private TlsSettings(TlsConfig config)
    {
        _config = config;
        _authorities = new PemSource("CA cert", config.Ca, config.CaFile);
        _certificate = new PemSource("client cert", config.Cert, config.CertFile);
        _key = new PemSource("client key", config.Key.Reveal(), config.KeyFile);
    }

    public static SslClientAuthenticationOptions From(TlsConfig config)
    {
        var settings = new TlsSettings(config);
        var options = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = Versions(config.MinVersion, config.MaxVersion),
            RemoteCertificateValidationCallback = settings.IsTrusted,
        };
        if (config.HasClientCertificate)
        {
            options.LocalCertificateSelectionCallback = (_, _, _, _, _) => settings.ClientCertificate();
        }

        return options;
    }

    private static SslProtocols Versions(SslProtocols oldest, SslProtocols newest)
    {
        if (oldest == SslProtocols.None && newest == SslProtocols.None)
        {
            return SslProtocols.None;
        }

#pragma warning disable SYSLIB0039, CA5397, CA5398 // The operator names the versions, as upstream.
        SslProtocols[] ascending = [SslProtocols.Tls, SslProtocols.Tls11, SslProtocols.Tls12, SslProtocols.Tls13];
        int first = oldest == SslProtocols.None ? Array.IndexOf(ascending, SslProtocols.Tls12) : Array.IndexOf(ascending, oldest);
#pragma warning restore SYSLIB0039, CA5397, CA5398
        int last = newest == SslProtocols.None ? ascending.Length - 1 : Array.IndexOf(ascending, newest);
        SslProtocols versions = SslProtocols.None;
        for (int i = first; i <= last; i++)
        {
            versions |= ascending[i];
        }

        return versions;
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (_config.InsecureSkipVerify)
        {
            return true;
        }

        if (certificate is not X509Certificate2 server || chain is null)
        {
            return false;
        }

        if (_config.ServerName.Length > 0)
        {
            errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
            if (!server.MatchesHostname(_config.ServerName))
            {
                throw new AuthenticationException($"x509: certificate is not valid for {_config.ServerName}");
            }
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            throw new AuthenticationException($"x509: certificate is not valid for the host of the URL: {server.Subject}");
        }

        if (!_authorities.IsEmpty)
        {
            CheckChain(server, chain);
        }
        else if (errors != SslPolicyErrors.None)
        {
            throw new AuthenticationException($"x509: {Reason(chain)}");
        }

        return true;
    }

    private void CheckChain(X509Certificate2 server, X509Chain presented)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authorities());
        foreach (X509ChainElement element in presented.ChainElements)
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        if (!chain.Build(server))
        {
            throw new AuthenticationException($"x509: {Reason(chain)}");
        }
    }

    private static string Reason(X509Chain chain)
    {
        string reasons = string.Join("; ", chain.ChainStatus.Select(static s => s.StatusInformation.Trim()).Where(static s => s.Length > 0));
        return reasons.Length > 0 ? reasons : "certificate signed by unknown authority";
    }

    private X509Certificate2Collection Authorities()
    {
        string pem = _authorities.Read();
        lock (_lock)
        {
            if (_trusted.Pem != pem)
            {
                var certificates = new X509Certificate2Collection();
                certificates.ImportFromPem(pem);
                _trusted = (pem, certificates);
            }

            return _trusted.Certificates;
        }
    }

    private X509Certificate2 ClientCertificate()
    {
        string certificate = _certificate.Read();
        string key = _key.Read();
        lock (_lock)
        {
            if (_client.Certificate is null || _client.Pem != certificate + key)
            {
                _client = (certificate + key, X509Certificate2.CreateFromPem(certificate, key));
            }

            return _client.Certificate!;
        }
    }
}
