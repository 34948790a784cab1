using System.Net;

namespace Pharos.Server.Tests.Api;

public sealed class LifecycleEndpointsTests
{
    [Theory]
    [InlineData("/-/reload")]
    [InlineData("/-/quit")]
    public async Task Without_the_flag_lifecycle_is_forbidden(string path)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, path);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("Lifecycle API is not enabled.", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/-/reload")]
    [InlineData("/-/quit")]
    public async Task Reading_is_not_enough_to_change_something(string path)
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-lifecycle");
        using HttpResponseMessage response = await server.GetAsync(path);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("Only POST or PUT requests allowed", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(server.Server.StopRequested.IsCancellationRequested);
    }

    [Fact]
    public async Task Quit_asks_the_server_to_end_once()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-lifecycle");
        var asked = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = server.Server.StopRequested.Register(asked.SetResult);
        using HttpResponseMessage first = await server.SendAsync(HttpMethod.Post, "/-/quit");
        Assert.Equal("Requesting termination... Goodbye!", await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using HttpResponseMessage second = await server.SendAsync(HttpMethod.Put, "/-/quit");
        Assert.Equal("Termination already in progress.", await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
    }
}
