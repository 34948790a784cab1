using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pharos.Access.WebConfig;

namespace Pharos.Server.Access;

/// <summary>Judges the certificate of a client by <c>client_auth_type</c>, the client CAs and <c>client_allowed_sans</c>, as Go does it.</summary>
internal static class ClientCertificateRule
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <param name="tls">The rule.</param>
    /// <param name="certificate">What the client showed; null for nothing.</param>
    /// <param name="sent">The chain as made by the TLS stream: its extra store has what the client sent along.</param>
    public static bool Accepts(TlsFiles tls, X509Certificate2? certificate, X509Chain? sent)
    {
        ClientAuthType rule = tls.Config.ClientAuth;
        if (certificate is null)
        {
            return rule is not (ClientAuthType.RequireAnyClientCert or ClientAuthType.RequireAndVerifyClientCert);
        }

        bool mustVerify = rule is ClientAuthType.VerifyClientCertIfGiven or ClientAuthType.RequireAndVerifyClientCert;
        if (mustVerify && !IsOfClientCa(certificate, tls.ClientCas, sent))
        {
            return false;
        }

        return tls.Config.ClientAllowedSans is not { } allowed || NamesOf(certificate).Any(name => allowed.Contains(name, StringComparer.Ordinal));
    }

    private static bool IsOfClientCa(X509Certificate2 certificate, X509Certificate2Collection? cas, X509Chain? sent)
    {
        using var chain = new X509Chain();
        X509ChainPolicy policy = chain.ChainPolicy;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        if (sent is not null)
        {
            policy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        if (cas is null)
        {
            return chain.Build(certificate);
        }

        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(cas);
        if (chain.Build(certificate))
        {
            return true;
        }

        // As Go: whatever is in the file is trusted as an end of the chain, an intermediate CA too.
        bool isOnlyPartial = chain.ChainStatus.All(static status => status.Status == X509ChainStatusFlags.PartialChain);
        X509Certificate2 last = chain.ChainElements[^1].Certificate;
        return isOnlyPartial && cas.Any(ca => ca.RawDataMemory.Span.SequenceEqual(last.RawDataMemory.Span));
    }

    /// <summary>All names of the kinds DNS, e-mail, address and URI.</summary>
    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        X509Extension? extension = certificate.Extensions[SubjectAlternativeName];
        if (extension is null)
        {
            return [];
        }

        try
        {
            return ReadNames(extension.RawData);
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>RFC 5280, 4.2.1.6: 1 e-mail, 2 DNS, 6 URI, 7 address.</summary>
    private static List<string> ReadNames(byte[] der)
    {
        var names = new List<string>();
        AsnReader list = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        while (list.HasData)
        {
            Asn1Tag tag = list.PeekTag();
            if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue is 1 or 2 or 6)
            {
                names.Add(list.ReadCharacterString(UniversalTagNumber.IA5String, tag));
            }
            else if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue == 7)
            {
                names.Add(new IPAddress(list.ReadOctetString(tag)).ToString());
            }
            else
            {
                list.ReadEncodedValue();
            }
        }

        return names;
    }
}
