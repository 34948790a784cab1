using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>Blocks of files and of rules beside those of promtool; what was exported comes back.</summary>
public sealed class BackfillTests : IDisposable
{
    private const long Start = 1_795_132_800;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData]
    [InlineData("-r")]
    [InlineData("--max-block-duration=24h", "--label=zone=a", "--label=job=set")]
    public async Task Blocks_of_a_file_are_those_of_promtool(params string[] flags)
    {
        string file = _folder.Write("in.om", Text(new Random(1)));
        string[] theirs = Lines(await RunAsync(Peers.Program("promtool"), ["tsdb", "create-blocks-from", "openmetrics", .. flags, file, _folder.File("theirs")]));
        string[] ours = Lines(await RunAsync(ServerProcess.PharosProgram, ["tsdb", "create-blocks-from", "openmetrics", .. flags, file, _folder.File("ours")]));

        Assert.Equal(theirs.Select(WithoutName), ours.Select(WithoutName));
        Assert.Equal(await DumpAsync("theirs"), await DumpAsync("ours"));
        string[] expected = Chunks("theirs");
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Chunks("ours"));
    }

    [Fact]
    public async Task What_is_exported_comes_back_bit_by_bit()
    {
        string file = _folder.Write("in.om", Text(new Random(2)));
        await RunAsync(ServerProcess.PharosProgram, "tsdb", "create-blocks-from", "openmetrics", "-q", file, _folder.File("pharos"));
        string exported = _folder.File("out.om");
        await using (ServerProcess pharos = await ServerProcess.StartPharosAsync(_folder, "global: {}", "--storage.tsdb.retention.time=100y"))
        {
            await RunAsync(ServerProcess.PharosProgram, "export", "--server=" + pharos.Address, "--match={__name__!=\"\"}", "--timeout=60s", "--output=" + exported);
        }

        await RunAsync(ServerProcess.PharosProgram, "tsdb", "create-blocks-from", "openmetrics", "-q", exported, _folder.File("ours"));
        await RunAsync(Peers.Program("promtool"), "tsdb", "create-blocks-from", "openmetrics", "-q", exported, _folder.File("theirs"));
        await RunAsync(Peers.Program("promtool"), "tsdb", "create-blocks-from", "openmetrics", "-q", file, _folder.File("original"));
        string[] original = await DumpAsync("original");
        Assert.True(original.Length > 1000, $"{original.Length} samples");
        Assert.Equal(original, await DumpAsync("ours"));
        Assert.Equal(original, await DumpAsync("theirs"));
    }

    [Fact]
    public async Task Blocks_of_rules_are_those_of_promtool()
    {
        await RunAsync(Peers.Program("promtool"), "tsdb", "create-blocks-from", "openmetrics", "-q", _folder.Write("in.om", Text(new Random(3))), _folder.File("prometheus"));
        string rules = _folder.Write("rules.yml", """
            groups:
            - name: sums
              interval: 37s
              rules:
              - record: job:m0:sum
                expr: sum by (job) (m0)
                labels: {kind: sum, job: "over"}
            - name: others
              rules:
              - record: count:all
                expr: count({__name__=~"m.*"})
            """);
        await using (ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(_folder, "global: {}", "--storage.tsdb.retention.time=100y"))
        {
            string[] flags = ["--url=" + prometheus.Address, $"--start={Start - 100}", $"--end={Start + 9000}", rules];
            await RunAsync(Peers.Program("promtool"), ["tsdb", "create-blocks-from", "rules", "--output-dir=" + _folder.File("theirs"), .. flags]);
            await RunAsync(ServerProcess.PharosProgram, ["tsdb", "create-blocks-from", "rules", "--output-dir=" + _folder.File("ours"), .. flags]);
        }

        string[] expected = await DumpAsync("theirs");
        Assert.Contains(expected, static line => line.Contains("count:all", StringComparison.Ordinal));
        Assert.Contains(expected, static line => line.Contains("job:m0:sum", StringComparison.Ordinal));
        Assert.Equal(expected, await DumpAsync("ours"));
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        await using ChildProcess process = ChildProcess.Start(program, arguments, _folder.Path);
        int code = await process.WaitForExitAsync(TimeSpan.FromSeconds(120));
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {code}\n{process.Output}");
        return process.Output;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    // Names of blocks are random; sizes count the description, in which the name stands, and so do the widths of columns.
    private static string WithoutName(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).SkipLast(1));

    private async Task<string[]> DumpAsync(string folder)
    {
        Directory.CreateDirectory(Path.Combine(_folder.File(folder), "wal"));
        return [.. Lines(await RunAsync(Peers.Program("promtool"), "tsdb", "dump", _folder.File(folder))).Order(StringComparer.Ordinal)];
    }

    // Of the index 3.5 still writes parts that 3.14 leaves out.
    private string[] Chunks(string folder) =>
    [
        .. Directory.GetDirectories(_folder.File(folder)).Where(static block => File.Exists(Path.Combine(block, "index")))
            .Select(static block => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(block, "chunks", "000001")))))
            .Order(StringComparer.Ordinal),
    ];

    // Three and a half blocks of two hours, some series in all of them.
    private static string Text(Random random)
    {
        var text = new StringBuilder("# HELP m0 help\n# TYPE m0 counter\n# TYPE h histogram\n");
        for (int series = 0; series < 12; series++)
        {
            string name = series == 11 ? "h_bucket" : $"m{series % 4}";
            string labels = series == 11 ? "le=\"1\",job=\"x\"" : $"job=\"j{series % 3}\",i=\"{series} \\\"é\\\\\\n\"";
            long step = series % 2 == 0 ? 15_000 : random.Next(1000, 60_000);
            double value = 0;
            for (long time = (Start * 1000) + random.Next(5000); time < (Start + 25_000) * 1000; time += step)
            {
                value = series % 5 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : value + random.Next(4);
                string number = double.IsNaN(value) ? "NaN" : value.ToString("R", CultureInfo.InvariantCulture);
                text.Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {number} {time / 1000}.{time % 1000:000}\n");
            }
        }

        return text.Append("# EOF\n").ToString();
    }
}
