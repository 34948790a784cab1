using Pharos.Server.Commands;

namespace Pharos.Server.Tests.Commands;

public class PromQLCommandTests
{
    private readonly CommandConsole _console = new();

    [Fact]
    public async Task An_expression_of_the_command_line_is_formatted()
    {
        Assert.Equal(0, await RunAsync("format", "sum(rate(x[5m]))by(job)"));
        Assert.Equal("sum by (job) (rate(x[5m]))\n", _console.Out);
    }

    [Theory]
    [InlineData("format")]
    [InlineData("format", "-")]
    public async Task An_expression_of_standard_input_is_formatted(params string[] args)
    {
        Assert.Equal(0, await _console.PipeAsync(new PromQLCommand(), "a\n  +\nb\n", args));
        Assert.Equal("a + b\n", _console.Out);
    }

    [Fact]
    public async Task What_is_longer_than_a_line_is_broken()
    {
        Assert.Equal(0, await RunAsync("format", "--width=20", "sum(rate(requests_total[5m])) / sum(x)"));
        Assert.Equal("  sum(\n    rate(\n      requests_total[5m]\n    )\n  )\n/\n  sum(x)\n", _console.Out);
    }

    [Fact]
    public async Task What_is_new_in_the_language_is_formatted_whatever_a_server_switches_on()
    {
        Assert.Equal(0, await RunAsync("format", "limitk(2,rate(x[5m]anchored))"));
        Assert.Equal("limitk(2, rate(x[5m] anchored))\n", _console.Out);
    }

    [Fact]
    public async Task A_mistake_is_told_with_a_mark_below_its_place()
    {
        Assert.Equal(1, await _console.PipeAsync(new PromQLCommand(), "\"ü\" +\n  sum(rate(x[5m]) by", "format"));
        Assert.Equal("pharos promql format: 2:19: parse error: unexpected <by> in aggregation\n    sum(rate(x[5m]) by\n                    ^\n", _console.Error);
        Assert.Equal("", _console.Out);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "nothing")]
    [InlineData(2, "format", "a", "b")]
    [InlineData(2, "format", "--width=1", "a")]
    [InlineData(2, "format", "--nosuch")]
    [InlineData(2, "explain")]
    [InlineData(2, "explain", "--time=now", "up")]
    [InlineData(2, "explain", "--step=0", "up")]
    [InlineData(2, "explain", "--time=1", "--start=0", "up")]
    [InlineData(2, "explain", "--start=2", "--end=1", "up")]
    [InlineData(1, "explain", "--server=http://127.0.0.1:1", "up")]
    [InlineData(1, "explain", "--offline", "up(")]
    [InlineData(0, "--help")]
    [InlineData(0, "format", "--help")]
    [InlineData(0, "explain", "--help")]
    public async Task Wrong_words_and_servers_that_are_not_there_end_with_a_line(int exitCode, params string[] args)
    {
        Assert.Equal(exitCode, await RunAsync(args));
        Assert.NotEqual("", exitCode == 0 ? _console.Out : _console.Error);
    }

    [Fact]
    public async Task Without_a_server_the_tree_is_shown_with_what_is_computed_once()
    {
        Assert.Equal(0, await RunAsync("explain", "--offline", "--start=0", "--end=3600", "--step=15", "sum by (job) (rate(x[5m])) / sum by (job) (rate(x[5m])) > scalar(max(y @ 0))"));
        Assert.Equal(
            """
            >                 instant vector
              /               instant vector
                sum by (job)  instant vector
                  rate        instant vector
                    x[5m]     range vector
                sum by (job)  instant vector, computed once with sum by (job) above
                  rate        instant vector, computed once with rate above
                    x[5m]     range vector, computed once with x[5m] above
              scalar          scalar, the same at every step
                max           instant vector
                  y @ 0.000   instant vector

            """,
            _console.Out);
    }

    [Fact]
    public async Task A_server_is_asked_and_its_tree_printed()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, "written", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 1.5);
        Assert.Equal(0, await RunAsync("explain", "--server=" + server.Address, "sum(writen)"));
        Assert.Equal("NODE SERIES POINTS SAMPLES SELF TOTAL", Words(_console.Out.Split('\n')[0]));
        Assert.Matches(@"(?m)^sum +0 +0 +- +[\d.]+ ms +[\d.]+ ms$", _console.Out);
        Assert.Contains("    ! No series has the name writen; there is written.\n", _console.Out, StringComparison.Ordinal);
        Assert.Contains("\nEmpty because of writen: No series has the name writen; there is written.\n", _console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_fails_prints_its_tree_and_fails()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        Assert.Equal(1, await RunAsync("explain", "--server=" + server.Address, "--start=0", "--end=3600", "--step=60", "1 + (vector(1) * on () (vector(2) or label_replace(vector(3), \"a\", \"b\", \"\", \"\")))"));
        Assert.Contains("! the query failed here", _console.Out, StringComparison.Ordinal);
        Assert.Contains("pharos promql explain: found duplicate series for the match group {} on the right hand-side", _console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_query_is_told_as_the_server_tells_it()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal(1, await RunAsync("explain", "--server=" + server.Address, "up{"));
        Assert.StartsWith("pharos promql explain: The query is not PromQL. 1:", _console.Error, StringComparison.Ordinal);
    }

    private static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private Task<int> RunAsync(params string[] args) => _console.PipeAsync(new PromQLCommand(), "", args);
}
