using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Remote.Configuration;

/// <summary>Sign-in at Microsoft Entra, by exactly one method.</summary>
public sealed record AzureAdConfig
{
    /// <summary>One of <c>managed_identity</c>, <c>workload_identity</c>, <c>oauth</c>, <c>sdk</c>, <c>certificate</c>.</summary>
    public string Method { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string TenantId { get; init; } = "";

    /// <summary>Of <c>oauth</c>.</summary>
    public Secret ClientSecret { get; init; }

    /// <summary>Of <c>workload_identity</c>; empty: where Azure puts it.</summary>
    public string TokenFilePath { get; init; } = "";

    /// <summary>Of <c>certificate</c>.</summary>
    public string CertificatePath { get; init; } = "";

    /// <summary>Of <c>certificate</c>; empty when the key is in the same file.</summary>
    public string CertificateKeyPath { get; init; } = "";

    /// <summary>Of <c>certificate</c>.</summary>
    public Secret CertificatePassword { get; init; }

    /// <summary>Of <c>certificate</c>.</summary>
    public bool SendCertificateChain { get; init; }

    public string Cloud { get; init; } = "AzurePublic";

    public string Scope { get; init; } = "";

    internal static AzureAdConfig Read(YamlMapping map)
    {
        AzureAdConfig[] methods =
        [
            .. ReadMethod(map, "managed_identity", "azuread.ManagedIdentityConfig", "Managed Identity", static (m, c) => c),
            .. ReadMethod(map, "workload_identity", "azuread.WorkloadIdentityConfig", "Workload Identity", static (m, c) => c with { TenantId = m.String("tenant_id"), TokenFilePath = m.String("token_file_path") }),
            .. ReadMethod(map, "oauth", "azuread.OAuthConfig", "OAuth", static (m, c) => c with { ClientSecret = m.Secret("client_secret"), TenantId = m.String("tenant_id") }),
            .. ReadMethod(map, "sdk", "azuread.SDKConfig", "SDK", static (m, c) => c with { TenantId = m.String("tenant_id") }),
            .. ReadMethod(map, "certificate", "azuread.CertificateConfig", "Certificate", static (m, c) => c with
            {
                TenantId = m.String("tenant_id"),
                CertificatePath = m.String("certificate_path"),
                CertificateKeyPath = m.String("certificate_key_path"),
                CertificatePassword = m.Secret("certificate_password"),
                SendCertificateChain = m.Bool("send_certificate_chain"),
            }),
        ];
        string cloud = map.String("cloud", "AzurePublic");
        string scope = map.String("scope");
        if (cloud is not ("" or "AzurePublic" or "AzureChina" or "AzureGovernment"))
        {
            map.Refuse("cloud", "must provide a cloud in the Azure AD config", "AzurePublic, AzureChina or AzureGovernment");
        }

        if (scope.Any(static c => !char.IsAsciiLetterOrDigit(c) && !char.IsWhiteSpace(c) && c is not ('_' or ':' or '/' or '.' or '-')))
        {
            map.Refuse("scope", "the provided scope contains invalid characters");
        }

        if (methods.Length != 1)
        {
            map.Refuse(methods.Length == 0
                ? "must provide an Azure Managed Identity, Azure Workload Identity, Azure OAuth, Azure Certificate or Azure SDK in the Azure AD config"
                : "cannot provide multiple authentication methods in the Azure AD config");
        }

        return (methods.Length > 0 ? methods[0] : new AzureAdConfig()) with { Cloud = cloud.Length == 0 ? "AzurePublic" : cloud, Scope = scope };
    }

    private static AzureAdConfig[] ReadMethod(YamlMapping map, string key, string type, string name, Func<YamlMapping, AzureAdConfig, AzureAdConfig> readOwn)
    {
        AzureAdConfig? method = map.OptionalSection(key, type, section =>
        {
            AzureAdConfig config = readOwn(section, new AzureAdConfig { Method = key, ClientId = key == "sdk" ? "" : section.String("client_id") });
            config.Check(section, name);
            return config;
        });
        return method is null ? [] : [method];
    }

    private void Check(YamlMapping map, string name)
    {
        bool needsClient = Method is "workload_identity" or "oauth" or "certificate";
        if (needsClient && ClientId.Length == 0)
        {
            map.Refuse("client_id", $"must provide an Azure {name} client_id in the Azure AD config");
        }
        else if (ClientId.Length > 0 && !Guid.TryParse(ClientId, out _))
        {
            map.Refuse("client_id", $"the provided Azure {name} client_id is invalid", "a UUID");
        }

        if (needsClient && TenantId.Length == 0)
        {
            map.Refuse("tenant_id", $"must provide an Azure {name} tenant_id in the Azure AD config");
        }

        if (Method == "oauth" && ClientSecret.IsEmpty)
        {
            map.Refuse("client_secret", "must provide an Azure OAuth client_secret in the Azure AD config");
        }

        if (Method == "certificate" && CertificatePath.Length == 0)
        {
            map.Refuse("certificate_path", "must provide an Azure Certificate certificate_path in the Azure AD config");
        }
    }
}
