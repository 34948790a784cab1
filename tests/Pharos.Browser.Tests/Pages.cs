namespace Pharos.Browser.Tests;

/// <summary>Every page there is, by the name of its picture.</summary>
internal static class Pages
{
    public const string NotThere = "/nosuch";

    public static readonly IReadOnlyList<(string Name, string Address)> All =
    [
        ("home", "/?from=now-5m&to=now"),
        ("alerts", "/alerts"),
        ("alerts-rules", "/alerts?view=rules"),
        ("alerts-routes", "/alerts?view=routes"),
        ("alerts-sent", "/alerts?view=sent"),
        ("silences", "/silences"),
        ("silence-new", "/silences/new?filter=alertname%3D%22FlaskHighErrorRate%22"),
        ("metrics", "/query?q=sum%20by%20(endpoint)%20(rate(http_requests_total%5B20s%5D))&from=now-5m&to=now"),
        ("metrics-explained", "/query?q=sum%20by%20(endpoint)%20(rate(http_requests_total%7Bstatus%3D~%225..%22%7D%5B20s%5D))%20%2F%20sum%20by%20(endpoint)%20(rate(http_requests_total%5B20s%5D))&from=now-5m&to=now&explain=A&node=3"),
        ("metrics-empty-explained", "/query?q=sum(rate(http_request_total%5B20s%5D))%20%2F%20sum(rate(http_requests_total%5B20s%5D))&from=now-5m&to=now&explain=A"),
        ("metrics-browser", "/query"),
        ("targets", "/targets"),
        ("dashboards", "/dashboards"),
        ("dashboard-sample", "/d/endpoint-stats?from=now-5m&to=now"),
        ("dashboard-host", "/d/system-overview?from=now-5m&to=now"),
        ("system-status", "/system/status"),
        ("system-configuration", "/system/configuration"),
        ("system-storage", "/system/storage"),
        ("system-users", "/system/users"),
        ("system-flags", "/system/flags"),
        ("system-password", "/system/password"),
        ("system-about", "/system/about"),
        ("not-found", NotThere),
    ];
}
