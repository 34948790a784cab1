namespace Pharos.Server.Access;

/// <summary>
/// The headers of every answer by which browsers keep strangers' pages away from it; <c>http_server_config.headers</c> overrides each.
/// </summary>
internal static class SecurityHeaders
{
    private static readonly (string Name, string Value)[] Defaults =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "sameorigin"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    /// <summary>Set when the answer begins, so that an answer that was cleared on the way has them too.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="configured">An empty value takes the header away.</param>
    public static void Arrange(HttpResponse response, IReadOnlyDictionary<string, string> configured)
        => response.OnStarting(
            static state =>
            {
                (HttpResponse response, IReadOnlyDictionary<string, string> configured) = ((HttpResponse, IReadOnlyDictionary<string, string>))state;
                Set(response.Headers, configured);
                return Task.CompletedTask;
            },
            (response, configured));

    private static void Set(IHeaderDictionary headers, IReadOnlyDictionary<string, string> configured)
    {
        foreach ((string name, string value) in Defaults)
        {
            headers.TryAdd(name, value);
        }

        foreach ((string name, string value) in configured)
        {
            if (value.Length == 0)
            {
                headers.Remove(name);
            }
            else
            {
                headers[name] = value;
            }
        }
    }
}
