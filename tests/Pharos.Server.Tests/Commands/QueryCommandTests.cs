using Pharos.Server.Commands;

namespace Pharos.Server.Tests.Commands;

public sealed class QueryCommandTests : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Each_series_is_a_line_as_promtool_prints_it()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, "written", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 1.5);
        Assert.Equal(0, await RunAsync("instant", "--server=" + server.Address, "written"));
        Assert.Matches(@"^written => 1\.5 @\[\d+(\.\d+)?\]\n$", _out.ToString());
    }

    [Fact]
    public async Task Labels_scalars_and_a_chosen_time_are_printed()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal(0, await RunAsync("instant", "--server=" + server.Address, "--time=1700000000", "label_replace(vector(2), \"a\", \"b\\\"c\", \"\", \"\")"));
        Assert.Equal(0, await RunAsync("instant", "--server=" + server.Address, "--time=1700000000", "1+1"));
        Assert.Equal("{a=\"b\\\"c\"} => 2 @[1700000000]\nscalar: 2 @[1700000000]\n", _out.ToString());
    }

    [Fact]
    public async Task A_range_has_a_line_a_value_and_the_server_may_stand_before_the_expression()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal(0, await RunAsync("range", "--start=2023-11-14T22:13:20Z", "--end=1700000030", "--step=15s", server.Address.ToString(), "vector(time())"));
        Assert.Equal("{} =>\n1700000000 @[1700000000]\n1700000015 @[1700000015]\n1700000030 @[1700000030]\n", _out.ToString());
    }

    [Fact]
    public async Task A_range_that_is_not_given_is_the_last_five_minutes_in_250_steps()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal(0, await RunAsync("range", "--server=" + server.Address, "vector(1)"));
        Assert.Equal(302, _out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task The_answer_is_printed_as_JSON_when_asked_for_and_annotations_go_to_the_error_output()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal(0, await RunAsync("instant", "--server=" + server.Address, "--time=5", "--format=json", "quantile(2, vector(1))"));
        Assert.Equal("[{\"metric\":{},\"value\":[5,\"+Inf\"]}]\n", _out.ToString());
        Assert.StartsWith("PromQL warning: quantile value should be between 0 and 1", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_and_fails()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal(1, await RunAsync("instant", "--server=" + server.Address, "up{"));
        Assert.StartsWith("pharos query: bad_data: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_sign_in_it_says_what_is_missing()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.auth=required");
        Assert.Equal(1, await RunAsync("instant", "--server=" + server.Address, "up"));
        Assert.Equal("pharos query: the server asks for a sign-in: give --token-file, or --user and --password-file\n", _error.ToString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "exemplars", "up")]
    [InlineData(2, "instant", "--time=now", "up")]
    [InlineData(2, "range", "--start=10", "--end=5", "up")]
    [InlineData(2, "range", "--step=never", "up")]
    [InlineData(2, "instant", "--format=xml", "up")]
    [InlineData(1, "range", "http://127.0.0.1:1", "up")]
    [InlineData(2, "instant")]
    [InlineData(2, "instant", "--nosuch", "up")]
    [InlineData(1, "instant", "--server=http://127.0.0.1:1", "up")]
    [InlineData(1, "instant", "--server=nonsense", "up")]
    [InlineData(0, "--help")]
    public async Task Wrong_words_and_servers_that_are_not_there_end_with_a_line(int exitCode, params string[] args)
    {
        Assert.Equal(exitCode, await RunAsync(args));
        Assert.NotEqual("", _out.ToString() + _error);
    }

    private Task<int> RunAsync(params string[] args) =>
        new QueryCommand().RunAsync(args, new CommandIo(TextReader.Null, _out, _error, TimeProvider.System), TestContext.Current.CancellationToken);
}
