using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Reading;

/// <summary>Reads the links of a dashboard or a panel.</summary>
internal static class LinkReader
{
    private const int MaxLinks = 100;

    public static IReadOnlyList<DashboardLink> Read(JsonObject owner) => [.. owner.Maps("links").Take(MaxLinks).Select(ReadOne)];

    private static DashboardLink ReadOne(JsonObject link)
    {
        bool newTab = link.Flag("targetBlank");
        bool withTime = link.Flag("keepTime");
        bool withVariables = link.Flag("includeVars");
        string title = link.Text("title") ?? "";

        // Links of version 4 name a dashboard by its title; the slug leads to it.
        string url = link.Text("url") ?? link.Text("dashUri") ?? "";
        return link.Text("type") == "dashboards"
            ? new DashboardLink(title, "", newTab, withTime, withVariables, link.Texts("tags"))
            : new DashboardLink(title.Length > 0 ? title : link.Text("tooltip") ?? url, url, newTab, withTime, withVariables, null);
    }
}
