using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>The variables by which people set Grafana up, seen from outside of the built server.</summary>
public sealed class GrafanaEnvironmentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_admin_and_the_provisioned_dashboards_of_a_Grafana_are_there_at_the_first_start()
    {
        _folder.Write("provisioning/dashboards/all.yaml", """
            apiVersion: 1
            providers:
            - { name: team, options: { path: ../boards, foldersFromFilesStructure: true } }
            """);
        _folder.Write("provisioning/boards/Shop/one.json", """{"uid":"one","title":"One","refresh":"1s","panels":[]}""");
        _folder.Write("provisioning/boards/Shop/two.json", """{"uid":"one","title":"Again","panels":[]}""");
        _folder.Write("provisioning/datasources/prom.yaml", "apiVersion: 1\ndatasources: [{ name: Prom, uid: prom, type: prometheus, url: 'http://prometheus:9090', isDefault: true }]\n");
        _folder.Write("served/prometheus.yml", "global: {}\n");
        var environment = new Dictionary<string, string>
        {
            ["GF_SECURITY_ADMIN_USER"] = "root",
            ["GF_SECURITY_ADMIN_PASSWORD__FILE"] = _folder.Write("secret", "correct horse battery\n"),
            ["GF_PATHS_PROVISIONING"] = _folder.File("provisioning"),
            ["GF_DASHBOARDS_MIN_REFRESH_INTERVAL"] = "10s",
            ["GF_SMTP_ENABLED"] = "true",
        };
        await using ServerProcess pharos = await ServerProcess.StartWithSignInAsync(_folder, _folder.File("served"), FreePort.Next(), environment);
        HttpClient http = pharos.Api.Http;

        Assert.Equal("""{"database":"ok"}""", await http.GetStringAsync("/api/health"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/search")).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("root:correct horse battery")));
        JsonElement user = await pharos.Api.GetAsync("/api/user");
        Assert.Equal(("root", true), (user.GetProperty("login").GetString(), user.GetProperty("isGrafanaAdmin").GetBoolean()));
        JsonElement sources = await pharos.Api.GetAsync("/api/datasources");
        Assert.Contains(sources.EnumerateArray(), static s => s.GetProperty("name").GetString() == "Prom" && s.GetProperty("pharos").GetString()!.StartsWith("built in", StringComparison.Ordinal));

        JsonElement board = await pharos.Api.GetAsync("/api/dashboards/uid/one");
        Assert.Equal(("Shop", true, false), (board.GetProperty("meta").GetProperty("folderTitle").GetString(), board.GetProperty("meta").GetProperty("provisioned").GetBoolean(), board.GetProperty("meta").GetProperty("canSave").GetBoolean()));
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(http, "/api/dashboards/db", """{"dashboard":{"uid":"one","title":"x","version":1,"panels":[]}}""")).StatusCode);
        JsonElement list = await pharos.Api.GetAsync("/api/pharos/v1/dashboards");
        Assert.Contains("its uid one is that of", Assert.Single(list.GetProperty("errors").EnumerateArray()).GetProperty("message").GetString(), StringComparison.Ordinal);
        using HttpResponseMessage resolved = await PostAsync(http, "/api/pharos/v1/dashboards/resolve", """{"uid":"one","from":0,"to":1000}""");
        Assert.Equal("10s", JsonDocument.Parse(await resolved.Content.ReadAsStringAsync()).RootElement.GetProperty("refresh").GetString());
        Assert.Contains("GF_SMTP_ENABLED", pharos.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse battery", pharos.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_known_default_password_is_good_for_nothing_but_changing_it()
    {
        _folder.Write("served/prometheus.yml", "global: {}\n");
        var environment = new Dictionary<string, string> { ["GF_SECURITY_ADMIN_PASSWORD"] = "admin" };
        await using ServerProcess pharos = await ServerProcess.StartWithSignInAsync(_folder, _folder.File("served"), FreePort.Next(), environment);
        HttpClient http = pharos.Api.Http;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("admin:admin"u8));
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("/api/search")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("/api/v1/query?query=up")).StatusCode);
        http.DefaultRequestHeaders.Authorization = null;
        using HttpResponseMessage signedIn = await PostAsync(http, "/api/pharos/v1/session", """{"name":"admin","password":"admin"}""");
        Assert.True(JsonDocument.Parse(await signedIn.Content.ReadAsStringAsync()).RootElement.GetProperty("mustChangePassword").GetBoolean());
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string path, string body) => http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
}
