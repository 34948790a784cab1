using Pharos.Core.Contracts;
using Pharos.Core.Hashing;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Configuration;
using Pharos.Remote.Sending;
using Pharos.Testing;

namespace Pharos.Remote.Tests.Sending;

public sealed class SendingPartsTests
{
    private static readonly LogPosition Start = new(0, 0);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_compaction_keeps_what_is_used_and_makes_the_rest_again(bool isVersion2)
    {
        var log = new MemoryLog();
        for (ulong i = 1; i <= 40_000; i++)
        {
            log.Hold(i, SendingSetup.Named("m", "i", i.ToString(), "padding", new string('x', 100) + (i % 1000).ToString(), "z", new string('z', 50) + i));
        }

        var cache = new SeriesCache(log, new SeriesShaping(isVersion2, Labels.Empty, [], TypeAndUnitLabels: false));
        ulong last = 0;
        while (!cache.WantsCompaction)
        {
            Assert.True(++last < 40_000, $"{cache.HeldBytes} bytes");
            Assert.Equal(CachedState.Kept, cache.Get(new SeriesRef(last), Start).State);
        }

        cache.Compact();
        string one = Text(cache, 5, isVersion2);
        long before = cache.HeldBytes;
        cache.Compact();
        Assert.True(cache.HeldBytes < before / 10, $"{before} bytes, {cache.HeldBytes} afterwards");
        Assert.Equal(one, Text(cache, 5, isVersion2));
        Assert.Contains("\"6\"", Text(cache, 6, isVersion2), StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_moves_with_its_series()
    {
        var log = new MemoryLog();
        SeriesRef a = log.Hold(1, SendingSetup.Named("a"));
        log.Say(new SeriesMetadata(a, MetricType.Summary, "s", "h"));
        var cache = new SeriesCache(log, new SeriesShaping(IsVersion2: true, Labels.Empty, [], TypeAndUnitLabels: false));
        cache.Get(a, Start);
        cache.Compact();
        CachedMetadata metadata = cache.MetadataOf(cache.Get(a, Start));
        Assert.Equal((MetricType.Summary, "s", "h"), (metadata.Type, Symbol(cache, metadata.Unit), Symbol(cache, metadata.Help)));
    }

    [Fact]
    public void A_text_has_one_number()
    {
        var table = new SymbolTable(KeyedHasher.CreateRandom());
        byte[][] texts = [.. Enumerable.Range(0, 5000).Select(static i => System.Text.Encoding.UTF8.GetBytes(i.ToString()))];
        int[] ids = [.. texts.Select(text => table.Intern(text))];
        Assert.Equal(Enumerable.Range(1, 5000), ids);
        Assert.Equal(ids, texts.Select(text => table.Intern(text)));
        Assert.Equal(0, table.Intern([]));
        Assert.All(ids, id => Assert.Equal(texts[id - 1], table.Get(id).ToArray()));
    }

    [Fact]
    public void Shards_follow_the_load_as_upstream_calculates()
    {
        var config = new RemoteQueueConfig { MinShards = 1, MaxShards = 20 };
        var calculator = new ShardCalculator(config);
        Assert.Equal(1, calculator.Calculate(1, 0, 0, 0));

        // A thousand samples a second come, each takes 5 ms to send: five shards.
        calculator.Out.Add(10_000);
        calculator.OutTicks.Add(TimeSpan.FromSeconds(50).Ticks);
        Assert.Equal(5, calculator.Calculate(1, 10_000, 1000, 1000));
        Assert.Equal(5, calculator.Desired, 6);

        // A little less is not worth a change, much less is, but not while the queue is behind.
        Assert.Equal(6, Again(calculator, 6, 1000, 1000));
        Assert.Equal(10, Again(calculator, 10, 1000, 980));
        Assert.Equal(5, Again(calculator, 10, 1000, 1000));

        // Behind by 100 s of 1000 a second: a twentieth of them a second more, and no more than allowed.
        Assert.Equal(20, Again(calculator, 5, 1100, 1000));
        Assert.Equal(30, calculator.Desired, 6);
    }

    [Fact]
    public void What_relabelling_drops_needs_no_shards()
    {
        var calculator = new ShardCalculator(new RemoteQueueConfig());
        calculator.Calculate(1, 0, 0, 0);
        calculator.Out.Add(5_000);
        calculator.Dropped.Add(5_000);
        calculator.OutTicks.Add(TimeSpan.FromSeconds(40).Ticks);
        Assert.Equal(4, calculator.Calculate(1, 10_000, 1000, 1000));
    }

    [Fact]
    public void Positions_come_back_from_whichever_place_is_whole_and_newest()
    {
        using var folder = new TempFolder();
        string path = folder.File("a/b.position");
        ShardPosition[] first = [new(new LogMark(new LogPosition(3, 70_000), 5), null), new(new LogMark(new LogPosition(4, 0), 0), new LogMark(new LogPosition(4, 100), 9))];
        ShardPosition[] second = [first[0] with { InFlight = first[0].Done }, first[1]];
        using (PositionFile file = PositionFile.Create(path, 200, []))
        {
            Assert.Null(PositionFile.Read(path));
            file.Write(first);
            Assert.Equal(first, PositionFile.Read(path));
            file.Write(second);
            Assert.Equal(second, PositionFile.Read(path));
        }

        byte[] bytes = File.ReadAllBytes(path);
        int half = bytes.Length / 2;
        for (int at = 0; at < 90; at++)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 0x40; // the second was written at the front
            File.WriteAllBytes(path, damaged);
            Assert.Equal(first, PositionFile.Read(path));
            damaged[half + at] ^= 0x40;
            File.WriteAllBytes(path, damaged);
            Assert.Null(PositionFile.Read(path));
        }
    }

    [Fact]
    public void Any_bytes_as_positions_are_read_without_a_fault()
    {
        using var folder = new TempFolder();
        var random = new Random(7);
        for (int i = 0; i < 500; i++)
        {
            byte[] bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            "PRWP"u8.CopyTo(bytes.Length >= 4 ? bytes : new byte[4]);
            File.WriteAllBytes(folder.File("x"), bytes);
            Assert.Null(PositionFile.Read(folder.File("x")));
        }

        Assert.Null(PositionFile.Read(folder.File("absent")));
    }

    [Fact]
    public void Filling_a_request_again_allocates_nothing()
    {
        var log = new MemoryLog();
        SeriesRef a = log.Hold(1, SendingSetup.Named("m", "i", "1"));
        foreach (bool isVersion2 in new[] { false, true })
        {
            var cache = new SeriesCache(log, new SeriesShaping(isVersion2, Labels.Empty, [], TypeAndUnitLabels: false));
            RequestBatch batch = new BatchPool(isVersion2, tracksAge: false).Rent();
            byte[] compressed = [];
            byte[] joined = [];
            Fill();
            Fill();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Fill();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

            void Fill()
            {
                batch.Start(1, default, 0);
                for (int i = 0; i < 1000; i++)
                {
                    ref CachedSeries series = ref cache.Get(a, Start);
                    batch.AddSample(ref series, new LoggedSample(a, i, i, 0), cache);
                }

                batch.Seal(cache);
                batch.Compress(ref compressed, ref joined);
            }
        }
    }

    private static int Again(ShardCalculator calculator, int shards, double newestStored, double newestSent)
    {
        calculator.In.Add(10_000);
        calculator.Out.Add(10_000);
        calculator.OutTicks.Add(TimeSpan.FromSeconds(50).Ticks);
        return calculator.Calculate(shards, 10_000, newestStored, newestSent);
    }

    private static string Symbol(SeriesCache cache, int id) => System.Text.Encoding.UTF8.GetString(cache.Symbols.Get(id));

    private static string Text(SeriesCache cache, ulong reference, bool isVersion2)
    {
        ref CachedSeries series = ref cache.Get(new SeriesRef(reference), Start);
        byte[] bytes = cache.LabelsOf(series).ToArray();
        if (isVersion2)
        {
            return string.Join(",", Enumerable.Range(0, bytes.Length / 4).Select(i => $"\"{Symbol(cache, BitConverter.ToInt32(bytes, 4 * i))}\""));
        }

        var builder = new LabelsBuilder();
        LabelEncoding.Read(bytes, builder);
        return builder.ToLabels().ToString();
    }
}
