using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pharos.Access;
using Pharos.Access.WebConfig;

namespace Pharos.Server.Access;

/// <summary>The certificates that a TLS configuration names, read and fitted together. Immutable.</summary>
internal sealed class TlsFiles
{
    private TlsFiles(TlsServerConfig config, SslStreamCertificateContext chain, X509Certificate2Collection? clientCas)
    {
        Config = config;
        Chain = chain;
        ClientCas = clientCas;
    }

    public TlsServerConfig Config { get; }

    /// <summary>The server's certificate with its key, and what leads up to its CA.</summary>
    public SslStreamCertificateContext Chain { get; }

    /// <summary>Null when clients are judged by the CAs of the system.</summary>
    public X509Certificate2Collection? ClientCas { get; }

    /// <exception cref="AccessException">A file cannot be read or is none of its kind; the message names it and holds nothing of it.</exception>
    public static TlsFiles Load(TlsServerConfig config)
    {
        string certificate = Text("cert_file", config.CertFile, config.Cert);
        string key = Text("key_file", config.KeyFile, config.Key.Reveal());
        string clientCa = Text("client_ca_file", config.ClientCaFile, config.ClientCa);
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificate);
            if (chain.Count == 0)
            {
                throw new AccessException($"{Place("cert", config.CertFile)}: no certificate in PEM is in it");
            }

            X509Certificate2 leaf = WithKey(chain[0], key, config);
            chain.RemoveAt(0);
            return new TlsFiles(config, SslStreamCertificateContext.Create(leaf, chain, offline: true), ReadClientCas(config, clientCa));
        }
        catch (CryptographicException exception)
        {
            throw new AccessException($"{Place("cert", config.CertFile)}: {exception.Message}");
        }
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, string key, TlsServerConfig config)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new AccessException($"{Place("key", config.KeyFile)}: no PEM of the certificate's own key: {exception.Message}");
        }
    }

    private static X509Certificate2Collection? ReadClientCas(TlsServerConfig config, string pem)
    {
        if (pem.Length == 0)
        {
            return null;
        }

        var cas = new X509Certificate2Collection();
        cas.ImportFromPem(pem);
        return cas.Count > 0 ? cas : throw new AccessException($"{Place("client_ca", config.ClientCaFile)}: no certificate in PEM is in it");
    }

    private static string Text(string field, string path, string inline)
    {
        if (path.Length == 0)
        {
            return inline;
        }

        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AccessException($"failed to read {field} ({path}): no such file or directory");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AccessException($"failed to read {field} ({path}): {exception.Message}");
        }
    }

    private static string Place(string field, string path) => path.Length == 0 ? field : $"{field}_file ({path})";
}
