using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Reading;

/// <summary>Finds the dashboard in what may be wrapped around it: the answer of an API, or a resource of Grafana's newer ones.</summary>
internal static class DashboardEnvelope
{
    /// <exception cref="DashboardException">There is no dashboard, or one of the new schema.</exception>
    public static JsonObject Open(JsonObject root)
    {
        JsonObject found = root;
        string version = root.Text("apiVersion") ?? "";
        if (version.StartsWith("dashboard.grafana.app/", StringComparison.Ordinal) && root.Map("spec") is { } spec)
        {
            found = (JsonObject)spec.DeepClone();
            if (root.Map("metadata")?.Text("name") is { } name)
            {
                found.Default("uid", name);
            }
        }
        else if (root.Map("dashboard") is { } wrapped && root["panels"] is null)
        {
            found = (JsonObject)wrapped.DeepClone();
            if (found["panels"] is null && found.Map("dashboard") is { } twice)
            {
                found = (JsonObject)twice.DeepClone();
            }
        }

        if (found["elements"] is JsonObject && found["layout"] is JsonObject)
        {
            throw new DashboardException($"this dashboard has Grafana's schema v2{(version.Length > 0 ? $" ({version})" : "")}, which is not read: export it as a classic dashboard");
        }

        bool isDashboard = found["panels"] is JsonArray || found["rows"] is JsonArray || found["templating"] is JsonObject || found["schemaVersion"] is not null;
        return isDashboard ? found : throw new DashboardException("this is no Grafana dashboard: it has neither panels nor rows");
    }
}
