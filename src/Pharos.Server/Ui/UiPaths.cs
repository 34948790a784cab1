namespace Pharos.Server.Ui;

/// <summary>
/// Which addresses are for people. A browser that goes to one gets the page; whoever does not accept HTML gets there what the interface of that name answers.
/// The first segment decides: <c>web/src/routes.tsx</c> and <c>web/src/frame/oldAddresses.ts</c> know the rest.
/// </summary>
internal static class UiPaths
{
    private static readonly HashSet<string> Pages = new(StringComparer.Ordinal)
    {
        "", "alerts", "silences", "dashboards", "d", "query", "targets", "system", "login",
        "graph", "rules", "service-discovery", "config", "flags", "tsdb-status", "status", "explore", "alerting", "dashboard",
    };

    private static readonly HashSet<string> Interfaces = new(StringComparer.Ordinal)
    {
        "api", "-", "metrics", "federate", "debug", "assets",
    };

    /// <summary>A page has this address.</summary>
    public static bool IsPage(PathString path) => Pages.Contains(FirstSegment(path));

    /// <summary>Only programs ask here: a mistyped address gets no page either.</summary>
    public static bool IsInterface(PathString path) => Interfaces.Contains(FirstSegment(path));

    private static string FirstSegment(PathString path)
    {
        string text = path.Value is { Length: > 0 } value ? value[1..] : "";
        int end = text.IndexOf('/', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }
}
