using Pharos.Dashboards.Model;
using Pharos.Dashboards.Variables;

namespace Pharos.Dashboards.Resolving;

/// <summary>Makes links that can be followed.</summary>
internal sealed class LinkResolver(Interpolation interpolation, BuiltInVariables builtIn, string timeRange)
{
    /// <summary>The link; null where its address is none that a page may open.</summary>
    public ResolvedLink? Resolve(DashboardLink link, IReadOnlyDictionary<string, VariableOption>? scope)
    {
        string title = interpolation.Replace(link.Title, TextUse.Text, scope);
        string url = link.Tags is { } tags
            ? "/dashboards?" + string.Join('&', tags.Select(static tag => $"tag={Uri.EscapeDataString(tag)}"))
            : interpolation.Replace(link.Url, TextUse.Url, scope).Trim();
        if (url.Length == 0 || !IsSafe(url))
        {
            return null;
        }

        string further = string.Join('&', new[] { link.WithTime ? timeRange : "", link.WithVariables ? builtIn.AllVariables : "" }.Where(static part => part.Length > 0));
        if (further.Length > 0)
        {
            url += (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + further;
        }

        return new ResolvedLink(title.Length > 0 ? title : url, url, link.NewTab);
    }

    // A relative address, or one of these schemes; never script.
    private static bool IsSafe(string url)
    {
        int colon = url.IndexOf(':', StringComparison.Ordinal);
        int end = url.AsSpan().IndexOfAny('/', '?', '#');
        return colon < 0 || (end >= 0 && end < colon) || url[..colon].ToLowerInvariant() is "http" or "https" or "mailto";
    }
}
