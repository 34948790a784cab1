namespace Pharos.Config.Yaml;

/// <summary>Fields whose text is never shown in a message, even where it is refused.</summary>
internal static class SecretFields
{
    private static readonly string[] Words = ["password", "secret", "token", "credential", "passphrase", "private_key", "access_key", "consumer_key", "account_key", "certificate_key", "basic_auth", "authorization", "_auth", "api_key", "webhook"];

    /// <summary>Whether the value of a field of this name may be secret.</summary>
    public static bool IsSecret(string key) =>
        key is "key" or "keys" or "url" or "proxy_url" or "secrets" || (!key.EndsWith("_file", StringComparison.Ordinal) && Array.Exists(Words, w => key.Contains(w, StringComparison.OrdinalIgnoreCase)));
}
