namespace Pharos.Access.WebConfig;

/// <summary>The values of <c>client_auth_type</c>; their names are Go's.</summary>
public enum ClientAuthType
{
    /// <summary>No certificate is asked for.</summary>
    NoClientCert,

    /// <summary>One is asked for; what comes, or does not, is taken as it is.</summary>
    RequestClientCert,

    /// <summary>One must come; nobody judges it.</summary>
    RequireAnyClientCert,

    /// <summary>One may come; then it must be of the client CA.</summary>
    VerifyClientCertIfGiven,

    /// <summary>One of the client CA must come. The only value that protects anything.</summary>
    RequireAndVerifyClientCert,
}
