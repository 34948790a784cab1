using System.Globalization;
using System.Text;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary><c>pharos tsdb …</c> beside promtool, on the same folder.</summary>
public sealed class TsdbCommandTests : IDisposable
{
    private const long Start = 1_795_132_800;

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("list")]
    [InlineData("list", "-r")]
    [InlineData("analyze")]
    [InlineData("analyze", "--limit=3")]
    [InlineData("analyze", "--extended")]
    [InlineData("analyze", "--extended", "--match={pod=~\"p[12]\"}")]
    public async Task Blocks_are_told_as_promtool_tells_them(string command, params string[] flags)
    {
        string data = await MakeBlocksAsync();
        string[] theirs = Lines(await RunAsync(Peers.Program("promtool"), ["tsdb", command, .. flags, data]));
        string[] ours = Lines(await RunAsync(ServerProcess.PharosProgram, ["tsdb", command, .. flags, data]));

        // Of entries of one count promtool shows any, in any order.
        Assert.Equal(theirs.Select(CountOf), ours.Select(CountOf));
        if (!flags.Contains("--limit=3"))
        {
            Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("dump")]
    [InlineData("dump", "--match=up{pod=~\"p[12]\"}", "--match=weird")]
    [InlineData("dump", "--min-time=1795136400000", "--max-time=1795140000000")]
    [InlineData("dump-openmetrics")]
    [InlineData("dump-openmetrics", "--match=up")]
    public async Task Samples_of_blocks_are_dumped_as_promtool_dumps_them(string command, params string[] flags)
    {
        string data = await MakeBlocksAsync();
        Directory.CreateDirectory(Path.Combine(data, "wal")); // without it promtool refuses
        string[] before = [.. Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        string[] theirs = Lines(await RunAsync(Peers.Program("promtool"), ["tsdb", command, .. flags, data]));
        string[] ours = Lines(await RunAsync(ServerProcess.PharosProgram, ["tsdb", command, .. flags, data]));
        Assert.True(ours.Length > 10, $"{ours.Length} lines");
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_without_blocks_and_one_that_is_not_there_are_told()
    {
        string empty = _folder.File("empty");
        Directory.CreateDirectory(empty);
        Assert.Equal(Lines(await RunAsync(Peers.Program("promtool"), ["tsdb", "list", empty])), Lines(await RunAsync(ServerProcess.PharosProgram, ["tsdb", "list", empty])));
        Assert.Equal("pharos tsdb analyze: no blocks found\n", await FailAsync("tsdb", "analyze", empty));
        Assert.Equal("pharos tsdb list: there is no folder /nowhere\n", await FailAsync("tsdb", "list", "/nowhere"));
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Lines(string output) => output.Split('\n');

    // The number that a ranking's line begins with stands for the line.
    private static string CountOf(string line)
    {
        string first = line.Split(' ', 2)[0];
        return long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? first : line;
    }

    private async Task<string> MakeBlocksAsync()
    {
        var text = new StringBuilder();
        var random = new Random(1);
        foreach (string metric in (string[])["http_requests", "up", "weird"])
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {metric} gauge\n");
            for (int pod = 0; pod < 5; pod++)
            {
                for (int i = pod * 20; i < 200; i++)
                {
                    double value = metric == "up" ? 1 : random.NextDouble() * 1000;
                    text.Append(CultureInfo.InvariantCulture, $"{metric}{{job=\"a\",pod=\"p{pod}\",path=\"/x\\\"y{pod}\"}} {value:R} {Start + (i * 60)}.{random.Next(1000):D3}\n");
                }
            }
        }

        string data = _folder.File("data");
        await RunAsync(Peers.Program("promtool"), ["tsdb", "create-blocks-from", "openmetrics", _folder.Write("in.om", text + "# EOF\n"), data]);
        return data;
    }

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        await using ChildProcess process = ChildProcess.Start(program, arguments, _folder.Path);
        int code = await process.WaitForExitAsync(TimeSpan.FromSeconds(60));
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {code}\n{process.Output}");
        return process.Output;
    }

    private async Task<string> FailAsync(params string[] arguments)
    {
        await using ChildProcess process = ChildProcess.Start(ServerProcess.PharosProgram, arguments, _folder.Path);
        Assert.Equal(1, await process.WaitForExitAsync(TimeSpan.FromSeconds(60)));
        return process.Output;
    }
}
