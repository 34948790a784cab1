using System.Net;
using System.Text.Json;
using Pharos.Scrape.Targets;
using Pharos.Server.Http;
using Pharos.Server.Lifecycle;
using Pharos.Testing;

namespace Pharos.Server.Tests.Lifecycle;

public sealed class PharosServerTests
{
    [Fact]
    public async Task With_no_configuration_it_watches_itself_and_this_host()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement pools = (await server.DataAsync("/api/v1/scrape_pools")).GetProperty("scrapePools");
        Assert.Equal(["node", "pharos"], pools.EnumerateArray().Select(static pool => pool.GetString()));
    }

    [Fact]
    public async Task The_host_collector_can_be_left_out()
    {
        await using RunningServer server = await RunningServer.StartAsync("--no-host-collector");
        JsonElement pools = (await server.DataAsync("/api/v1/scrape_pools")).GetProperty("scrapePools");
        Assert.Equal(["pharos"], pools.EnumerateArray().Select(static pool => pool.GetString()));
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string taken = new Uri(server.Address).Authority;
        ListenException exception = await Assert.ThrowsAsync<ListenException>(() => RunningServer.StartAsync("--web.listen-address=" + taken));
        Assert.StartsWith("cannot listen on ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(taken, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_name_that_does_not_exist_is_named()
    {
        ListenException exception = await Assert.ThrowsAsync<ListenException>(() => RunningServer.StartAsync("--web.auth=required", "--web.listen-address=nosuchhost.invalid:1"));
        Assert.StartsWith("--web.listen-address nosuchhost.invalid:1: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_another_server_holds_is_named()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        StartException exception = await Assert.ThrowsAsync<StartException>(() => RunningServer.StartAsync("--storage.tsdb.path=" + server.DataFolder));
        Assert.Equal(1, exception.ExitCode);
        Assert.Contains(server.DataFolder, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_is_refused_ends_the_start_before_anything_is_opened()
    {
        using var folder = new TempFolder();
        string file = folder.Write("bad.yml", "global: 3\n");
        StartException exception = await Assert.ThrowsAsync<StartException>(() => RunningServer.StartAsync("--config.file=" + file));
        Assert.Equal(2, exception.ExitCode);
        Assert.Contains("bad.yml:1:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_served_by_what_its_files_are()
    {
        var folder = new TempFolder();
        folder.Write("conf/anything.txt", "scrape_configs:\n- job_name: x\n  static_configs: [{targets: ['127.0.0.1:1']}]\n");
        folder.Write("conf/..data/hidden.yml", "global: 3\n");
        folder.Write("conf/readme.md", "Nothing here.\n");
        await using RunningServer server = await RunningServer.StartAsync(folder, folder.File("conf"));
        JsonElement pools = (await server.DataAsync("/api/v1/scrape_pools")).GetProperty("scrapePools");
        Assert.Equal("x", Assert.Single(pools.EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_job_of_a_folder_may_have_the_name_of_a_built_in_one()
    {
        var folder = new TempFolder();
        folder.Write("conf/prometheus.yml", "scrape_configs:\n- job_name: node\n  static_configs: [{targets: ['127.0.0.1:1']}]\n");
        await using RunningServer server = await RunningServer.StartAsync(folder, folder.File("conf"));
        JsonElement target = Assert.Single((await server.DataAsync("/api/v1/targets")).GetProperty("activeTargets").EnumerateArray());
        Assert.Equal("http://127.0.0.1:1/metrics", target.GetProperty("scrapeUrl").GetString());
    }

    [Fact]
    public async Task The_host_has_a_page_of_its_own_that_a_configuration_can_scrape()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Contains("\nnode_load1 ", await server.TextAsync("/metrics/host"), StringComparison.Ordinal);
        await using RunningServer without = await RunningServer.StartAsync("--no-host-collector");
        Assert.Equal(HttpStatusCode.NotFound, (await without.GetAsync("/metrics/host")).StatusCode);
    }

    [Fact]
    public async Task Own_targets_are_asked_from_inside_so_that_they_need_no_password()
    {
        var folder = new TempFolder();
        using var spare = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        spare.Start();
        int port = ((IPEndPoint)spare.LocalEndpoint).Port;
        spare.Stop();
        string file = folder.Write(
            "p.yml",
            $$$"""
            global: {scrape_interval: 100ms, scrape_timeout: 100ms}
            scrape_configs:
            - job_name: self
              static_configs:
              - targets: ['localhost:{{{port}}}']
            - job_name: down
              static_configs: [{targets: ['127.0.0.1:1'], labels: {a: b}}]
              relabel_configs: [{source_labels: [a], regex: x, action: keep}]
            """);
        await using RunningServer server = await RunningServer.StartAsync(folder, "--config.file=" + file, "--web.listen-address=127.0.0.1:" + port, "--web.listen-address=127.0.0.1:0");
        await Wait.UntilAsync(() => server.Server.Targets().All(static target => target.Health == TargetHealth.Up), "the own target");
        string metrics = await server.TextAsync("/metrics");
        Assert.DoesNotContain("handler=\"/metrics\"", metrics, StringComparison.Ordinal);
        Golden.AssertSameShape("targets", await server.TextAsync("/api/v1/targets"));
        JsonElement said = (await server.DataAsync("/api/v1/metadata?metric=prometheus_ready")).GetProperty("prometheus_ready")[0];
        Assert.Equal("gauge", said.GetProperty("type").GetString());
        Assert.Equal("", said.GetProperty("unit").GetString());
        Assert.NotEqual("", said.GetProperty("help").GetString());
        Golden.AssertSameShape("targets-metadata", await server.TextAsync("/api/v1/targets/metadata?metric=prometheus_ready"));
        Golden.AssertSameShape("status-tsdb", await server.TextAsync("/api/v1/status/tsdb"));
        Golden.AssertSameShape("status-walreplay", await server.TextAsync("/api/v1/status/walreplay"));
        Golden.AssertSameShape("scrape_pools", await server.TextAsync("/api/v1/scrape_pools"));
    }

    [Fact]
    public async Task After_a_stop_and_a_start_all_that_was_acknowledged_is_there()
    {
        var folder = new TempFolder();
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await using (RunningServer server = await RunningServer.StartAsync("--storage.tsdb.path=" + folder.File("kept"), "--web.enable-remote-write-receiver"))
        {
            using HttpResponseMessage response = await WriteRequests.SendAsync(server, "kept_total", now, 42);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
            await server.StopAsync();
        }

        await using RunningServer again = await RunningServer.StartAsync(folder, "--storage.tsdb.path=" + folder.File("kept"));
        JsonElement result = (await again.DataAsync("/api/v1/query?query=kept_total&time=" + (now / 1000.0).ToString(System.Globalization.CultureInfo.InvariantCulture))).GetProperty("result");
        Assert.Equal("42", result[0].GetProperty("value")[1].GetString());
    }
}
