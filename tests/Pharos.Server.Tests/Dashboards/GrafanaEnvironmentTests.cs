using Pharos.Server.Dashboards;

namespace Pharos.Server.Tests.Dashboards;

public class GrafanaEnvironmentTests
{
    [Fact]
    public void What_is_honoured_is_read_and_the_rest_is_known_by_name_only()
    {
        GrafanaEnvironment environment = GrafanaEnvironment.Read(new Dictionary<string, string>
        {
            ["GF_PATHS_PROVISIONING"] = "/etc/grafana/provisioning",
            ["GF_DASHBOARDS_MIN_REFRESH_INTERVAL"] = "30s",
            ["GF_SECURITY_ADMIN_PASSWORD"] = "secret",
            ["GF_SERVER_ROOT_URL"] = "http://secret.example",
            ["GF_INSTALL_PLUGINS"] = "x",
            ["PATH"] = "/bin",
        });
        Assert.Equal(("/etc/grafana/provisioning", TimeSpan.FromSeconds(30)), (environment.Provisioning, environment.MinRefresh));
        Assert.Equal(["GF_INSTALL_PLUGINS", "GF_SERVER_ROOT_URL"], environment.Ignored);
        Assert.Empty(environment.Problems);
        Assert.DoesNotContain("secret", environment.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_least_refresh_that_is_no_duration_is_told()
    {
        GrafanaEnvironment environment = GrafanaEnvironment.Read(new Dictionary<string, string> { ["GF_DASHBOARDS_MIN_REFRESH_INTERVAL"] = "often" });
        Assert.Equal(TimeSpan.FromSeconds(5), environment.MinRefresh);
        Assert.Single(environment.Problems);
    }
}
