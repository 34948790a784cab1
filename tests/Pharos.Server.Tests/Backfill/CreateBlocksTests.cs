using System.Text;
using Pharos.Scrape.Exposition;
using Pharos.Server.Backfill;
using Pharos.Server.Commands;
using Pharos.Storage.Blocks;
using Pharos.Testing;

namespace Pharos.Server.Tests.Backfill;

public sealed class CreateBlocksTests : IDisposable
{
    private const long BlockMs = 7_200_000;

    private readonly TempFolder _folder = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _folder.Dispose();
        _out.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Every_two_hours_are_a_block_however_few_samples_are_held(long maxSamples)
    {
        IReadOnlyList<BlockMeta> blocks = Run("a 1 7199.999\nb 2 7200\na 3 7200\na 4 86400\nb 5 -1\na 6 0\n# EOF\n", maxSamples);

        Assert.Equal(
            [(-1000L, -999L, 1L), (0, 7_200_000, 2), (7_200_000, 7_200_001, 2), (86_400_000, 86_400_001, 1)],
            blocks.Select(static b => (b.MinTime, b.MaxTime, b.Stats.Samples)));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(5, 2)]
    [InlineData(6, 6)]
    [InlineData(53, 18)]
    [InlineData(54, 54)]
    [InlineData(1_000_000, 39_366)]
    public void Longer_blocks_have_the_spans_that_blocks_have_by_themselves(int hours, int expected) =>
        Assert.Equal(expected * 3_600_000L, OpenMetricsBackfill.BlockMs(TimeSpan.FromHours(hours)));

    [Theory]
    [InlineData("a 1\n# EOF\n", "expected timestamp for series got none")]
    [InlineData("a 1 1\n", "data does not end with # EOF")]
    public void Wrong_text_makes_no_block_at_all(string text, string error)
    {
        Exception found = Assert.Throws<ExpositionException>(() => Run(text, 10));
        Assert.Equal(error, found.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task The_command_prints_blocks_as_promtool_and_sets_labels()
    {
        string file = _folder.Write("in.om", "# TYPE h histogram\nh_bucket{le=\"1\",job=\"x\"} 1 1000\nh_bucket{le=\"+Inf\",job=\"y\"} 1 90000\n# EOF\n");
        string data = _folder.File("data");
        Assert.Equal(0, await RunAsync("openmetrics", "--label=job=set", "--label", "zone=z", file, data));

        string[] lines = _out.ToString().Split('\n');
        Assert.Matches("^BLOCK ULID {18}MIN TIME {5}MAX TIME {5}DURATION {5}NUM SAMPLES {2}NUM CHUNKS {3}NUM SERIES {3}SIZE$", lines[0]);
        Assert.Matches("^[0-9A-Z]{26}  1000000 {6}1000001 {6}1ms {10}1 {12}1 {12}1 {12}[0-9]+$", lines[1]);
        Assert.Equal(2, Directory.GetDirectories(data).Length);

        Assert.Equal(0, await RunTsdbAsync("dump-openmetrics", data));
        Assert.EndsWith(
            "h_bucket{job=\"set\",le=\"+Inf\",zone=\"z\"} 1 90000.000\nh_bucket{job=\"set\",le=\"1.0\",zone=\"z\"} 1 1000.000\n# EOF\n",
            _out.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_is_quiet()
    {
        Assert.Equal(0, await RunAsync("-q", "openmetrics", _folder.Write("in.om", "a 1 1\n# EOF\n"), _folder.File("data")));
        Assert.Equal(("", ""), (_out.ToString(), _error.ToString()));
    }

    [Theory]
    [InlineData("openmetrics", 2, "pharos tsdb create-blocks-from: expected openmetrics, a file, and perhaps a folder\n")]
    [InlineData("openmetrics x --label=y", 2, "pharos tsdb create-blocks-from: --label is \"y\": expected name=value\n")]
    public async Task Wrong_words_are_named(string words, int code, string error)
    {
        Assert.Equal(code, await RunAsync(words.Split(' ')));
        Assert.Equal(error, _error.ToString());
    }

    [Fact]
    public async Task A_file_that_is_wrong_or_missing_is_named()
    {
        string file = _folder.Write("in.om", "a 1 1\n");
        Assert.Equal(1, await RunAsync("openmetrics", file, _folder.File("data")));
        Assert.Equal($"pharos tsdb create-blocks-from: {file}: data does not end with # EOF\n", _error.ToString());
        Assert.Equal(1, await RunAsync("openmetrics", _folder.File("missing"), _folder.File("data")));
        Assert.Contains("missing", _error.ToString(), StringComparison.Ordinal);
    }

    private List<BlockMeta> Run(string text, long maxSamples)
    {
        var blocks = new List<BlockMeta>();
        OpenMetricsBackfill.Run(Encoding.UTF8.GetBytes(text), _folder.Path, BlockMs, [], TimeProvider.System, maxSamples, blocks.Add, TestContext.Current.CancellationToken);
        return blocks;
    }

    private Task<int> RunAsync(params string[] args) => RunTsdbAsync(["create-blocks-from", .. args]);

    private Task<int> RunTsdbAsync(params string[] args) =>
        new TsdbCommand().RunAsync(args, new CommandIo(TextReader.Null, _out, _error, TimeProvider.System), TestContext.Current.CancellationToken);
}
