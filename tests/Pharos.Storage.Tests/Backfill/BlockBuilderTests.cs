using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Backfill;
using Pharos.Storage.Blocks;
using Pharos.Storage.Tests.Compaction;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Backfill;

public sealed class BlockBuilderTests : IDisposable
{
    private const long BlockMs = 2 * 60 * 60 * 1000;
    private const long Start = 1_795_132_800_000 / BlockMs * BlockMs;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Index_and_chunks_are_byte_for_byte_those_of_promtool(int seed)
    {
        Promtool.SkipWithout();
        var random = new Random(seed);
        Dictionary<Labels, Sample[]> series = [];
        for (int i = 0; i < 30; i++)
        {
            series.Add(Labels.Of("__name__", $"m{i % 7}", "i", $"{i}", "path", i % 2 == 0 ? "ä\\" : ""), Samples(random, i % 6));
        }

        string expected = Directory.CreateDirectory(_folder.File("expected")).FullName;
        Promtool.Run("tsdb", "create-blocks-from", "openmetrics", _folder.Write("in.om", Text(series)), expected);
        var builder = new BlockBuilder(2 * BlockMs);
        foreach ((Labels labels, Sample[] samples) in series)
        {
            int number = builder.GetOrAdd(labels);
            foreach (Sample sample in samples)
            {
                builder.Add(number, sample.Timestamp, sample.Value);
            }
        }

        BlockMeta block = builder.Write(_folder.Path, TimeProvider.System, TestContext.Current.CancellationToken)!;
        string theirs = Directory.GetDirectories(expected).Single(static f => Ulid.TryParse(Path.GetFileName(f), out _));
        string ours = _folder.File(block.Ulid.ToString());
        BlockFiles.AssertSameAsUpstream(theirs, ours);
        BlockMeta meta = BlockMetaFile.Read(theirs);

        // 3.5 does not count numbers alone.
        Assert.Equal((meta.MinTime, meta.MaxTime, meta.Stats, meta.Level), (block.MinTime, block.MaxTime, block.Stats with { FloatSamples = 0 }, block.Level));
    }

    [Fact]
    public void Samples_may_come_in_any_order_and_the_first_of_a_time_counts()
    {
        var builder = new BlockBuilder(BlockMs);
        int b = builder.GetOrAdd(Labels.Of("__name__", "b"));
        int unused = builder.GetOrAdd(Labels.Of("__name__", "unused"));
        int a = builder.GetOrAdd(Labels.Of("__name__", "a"));
        Assert.Equal((b, 3), (builder.GetOrAdd(Labels.Of("__name__", "b")), unused + a));
        builder.Add(b, 30, 3);
        builder.Add(a, 5, 1);
        builder.Add(b, 10, 1);
        builder.Add(b, 30, 9);
        builder.Add(b, 20, 2);
        BlockMeta block = builder.Write(_folder.Path, TimeProvider.System, TestContext.Current.CancellationToken)!;

        Assert.Equal((5, 31, 4L, 2L), (block.MinTime, block.MaxTime, block.Stats.Samples, block.Stats.Series));
        using Tsdb store = Tsdb.Open(
            new TsdbOptions { Folder = _folder.Path, TimeProvider = TimeProvider.System, Retention = TimeSpan.Zero, MaintenanceInterval = Timeout.InfiniteTimeSpan },
            TestContext.Current.CancellationToken);
        using ISeriesQuerier querier = store.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], -100, 100), TestContext.Current.CancellationToken);
        var buffer = new SampleBuffer();
        List<string> found = [];
        for (int i = 0; i < set.Count; i++)
        {
            set.Read(i, -100, 100, buffer);
            found.Add($"{set.GetLabels(i)} {string.Join(' ', buffer.Timestamps.ToArray())} {string.Join(' ', buffer.Values.ToArray())}");
        }

        Assert.Equal(["{__name__=\"a\"} 5 1", "{__name__=\"b\"} 10 20 30 1 2 3"], found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_no_samples_there_is_no_block()
    {
        var builder = new BlockBuilder(BlockMs);
        builder.GetOrAdd(Labels.Of("__name__", "a"));

        Assert.Null(builder.Write(_folder.Path, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    // Steady, irregular, dense, sparse; values that take few bits and values that take all of them.
    private static Sample[] Samples(Random random, int kind)
    {
        var samples = new List<Sample>();
        long step = kind switch { 0 => 15_000, 1 => 60_000, 2 => 1000, 3 => 600_000, _ => 5000 };
        double value = 0;
        for (long time = Start + random.Next(1000); time < Start + BlockMs; time += kind >= 4 ? random.Next(1, 20_000) : step)
        {
            value = kind switch
            {
                0 => value + random.Next(3),
                1 => 1,
                2 or 4 => random.NextDouble(),
                3 => double.NaN,
                _ => BitConverter.Int64BitsToDouble(random.NextInt64()),
            };
            samples.Add(new Sample(time, double.IsNaN(value) ? Staleness.NormalNaN : value));
        }

        return [.. samples];
    }

    private static string Text(Dictionary<Labels, Sample[]> series)
    {
        var text = new StringBuilder();
        foreach ((Labels labels, Sample[] samples) in series)
        {
            foreach (Sample sample in samples)
            {
                text.Append(labels.ToMetricText().Replace(", ", ",", StringComparison.Ordinal)).Append(' ').Append(FloatWriter.ToGeneralString(sample.Value))
                    .Append(CultureInfo.InvariantCulture, $" {sample.Timestamp / 1000}.{sample.Timestamp % 1000:000}\n");
            }
        }

        return text.Append("# EOF\n").ToString();
    }
}
