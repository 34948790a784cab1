using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Storage.Tests.Blocks;
using Pharos.Testing;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.Querying;

public sealed class MergedQuerierTests : IDisposable
{
    private const long Begin = 1_700_000_000_000;
    private const long Hour = 3_600_000;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Head_and_blocks_are_read_as_one(int seed)
    {
        var random = new Random(seed);
        var model = new Dictionary<Labels, SortedDictionary<long, double>>();
        for (int block = 1; block <= 4; block++)
        {
            // Some overlap: then all have the same samples in common, as after an interrupted compaction.
            Dictionary<Labels, Sample[]> series = RandomSlice(random, Begin + (random.Next(4) * Hour), 2 * Hour);
            WrittenBlock.Write(_folder.Path, WrittenBlock.Name(block), series, samplesPerChunk: 1 + random.Next(50));
            Add(model, series);
        }

        using var test = new TestTsdb(_folder);
        foreach ((Labels labels, Sample[] samples) in RandomSlice(random, Begin + (6 * Hour), Hour))
        {
            foreach (Sample sample in samples)
            {
                Assert.Equal(AppendResult.Appended, test.Append(labels, sample.Timestamp, sample.Value));
            }

            Add(model, new Dictionary<Labels, Sample[]> { [labels] = samples });
        }

        for (int i = 0; i < 30; i++)
        {
            long minTime = Begin + random.NextInt64(-Hour, 8 * Hour);
            long maxTime = minTime + random.NextInt64(5 * Hour);
            AssertSame(Expected(model, minTime, maxTime, []), WithoutEmpty(test.Read(minTime, maxTime)));
        }

        AssertSame(Expected(model, long.MinValue, long.MaxValue, []), test.ReadAll());
        test.Reopen();
        AssertSame(Expected(model, long.MinValue, long.MaxValue, []), test.ReadAll());
    }

    [Fact]
    public void Matchers_select_in_blocks_as_one_by_one_comparison_does()
    {
        var random = new Random(5);
        Dictionary<Labels, Sample[]> series = WrittenBlock.RandomSeries(random, 400, 3, Begin);
        foreach (Labels labels in series.Keys.Take(100).ToList())
        {
            series.Add(Labels.Of([.. labels, new Label("zone", "z" + random.Next(40))]), [new Sample(Begin, 1)]);
        }

        WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), series);
        using var test = new TestTsdb(_folder);
        string[] names = ["__name__", "instance", "job", "zone", "absent"];
        string[] values = ["", "m1", "m[12]", "host-ä-1", "host-.*1", "job1", "job1|job2", "z1", "z1|", "z.", ".*", ".+", "z1.*|z2.*", "(host|z).*"];
        for (int i = 0; i < 1500; i++)
        {
            var matchers = new Matcher[1 + random.Next(3)];
            for (int k = 0; k < matchers.Length; k++)
            {
                matchers[k] = new Matcher((MatchType)random.Next(4), names[random.Next(names.Length)], values[random.Next(values.Length)]);
            }

            using ISeriesQuerier querier = test.Db.OpenQuerier();
            ISeriesSet set = querier.Select(new SeriesSelection(matchers, long.MinValue, long.MaxValue), CancellationToken.None);
            IEnumerable<string> expected = series.Keys
                .Where(labels => matchers.All(matcher => matcher.Matches(labels[matcher.Name])))
                .Order(Comparer<Labels>.Create(Labels.Compare))
                .Select(static labels => labels.ToString());
            Assert.Equal(expected, Enumerable.Range(0, set.Count).Select(index => set.GetLabels(index).ToString()));
            Assert.Equal(
                series.Keys.Where(labels => matchers.All(matcher => matcher.Matches(labels[matcher.Name]))).Select(static l => l["zone"]).Where(static v => v != "").Distinct().Order(Utf8Ordinal.Comparer),
                querier.LabelValues("zone", [matchers], long.MinValue, long.MaxValue, CancellationToken.None));
        }
    }

    [Fact]
    public void Names_and_values_are_those_of_head_and_blocks_of_the_range()
    {
        WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), new Dictionary<Labels, Sample[]> { [TestTsdb.Name("old", "a", "1")] = [new Sample(Begin, 1)] });
        WrittenBlock.Write(_folder.Path, WrittenBlock.Name(2), new Dictionary<Labels, Sample[]> { [TestTsdb.Name("mid", "b", "2")] = [new Sample(Begin + Hour, 1)] });
        using var test = new TestTsdb(_folder);
        test.Append(TestTsdb.Name("new", "c", "3"), Begin + (2 * Hour), 1);
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        Assert.Equal(["__name__", "a", "b", "c"], querier.LabelNames([], long.MinValue, long.MaxValue, CancellationToken.None));
        Assert.Equal(["__name__", "b", "c"], querier.LabelNames([], Begin + 1, long.MaxValue, CancellationToken.None));
        Assert.Equal(["__name__", "c"], querier.LabelNames([], Begin + Hour + 1, long.MaxValue, CancellationToken.None));
        Assert.Equal(["mid", "new", "old"], querier.LabelValues("__name__", [], long.MinValue, long.MaxValue, CancellationToken.None));
        Assert.Equal(["mid", "old"], querier.LabelValues("__name__", [], long.MinValue, Begin + Hour, CancellationToken.None));
        Matcher notNew = new(MatchType.NotEqual, "__name__", "new");
        Assert.Equal(["__name__", "a", "b"], querier.LabelNames([[notNew]], long.MinValue, long.MaxValue, CancellationToken.None));
        Assert.Equal(["mid", "old"], querier.LabelValues("__name__", [[notNew]], long.MinValue, long.MaxValue, CancellationToken.None));
        Assert.Empty(querier.LabelValues("none", [], long.MinValue, long.MaxValue, CancellationToken.None));
    }

    [Fact]
    public void Ids_are_equal_exactly_when_the_values_are_in_all_sets_of_a_querier()
    {
        WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), Series(0, 40, Begin));
        WrittenBlock.Write(_folder.Path, WrittenBlock.Name(2), Series(20, 60, Begin + Hour));
        using var test = new TestTsdb(_folder);
        AppendAll(test, Series(30, 80, Begin + (2 * Hour)));
        using (ISeriesQuerier querier = test.Db.OpenQuerier())
        {
            var sets = new List<ISeriesSet>
            {
                Select(querier, Begin + (2 * Hour), long.MaxValue),
                Select(querier, Begin, Begin + 1),
                Select(querier, Begin + Hour, long.MaxValue),
                Select(querier, long.MinValue, long.MaxValue),
            };
            AssertIds(sets);

            // The head learns texts that were known from blocks alone.
            AppendAll(test, Series(0, 30, Begin + (2 * Hour) + 1));
            sets.Add(Select(querier, Begin + (2 * Hour), long.MaxValue));
            sets.Add(Select(querier, Begin, Begin + 1));
            sets.Add(Select(querier, long.MinValue, long.MaxValue));
            AssertIds(sets);

            // Then it forgets all that it had, and learns others, while the querier still reads.
            test.Db.Truncate(Begin + (3 * Hour));
            AppendAll(test, Series(100, 200, Begin + (3 * Hour)));
            sets.Add(Select(querier, Begin, Begin + 1));
            sets.Add(Select(querier, long.MinValue, long.MaxValue));
            AssertIds(sets);
        }

        test.Db.Truncate(Begin + (10 * Hour));
        using ISeriesQuerier later = test.Db.OpenQuerier();
        AssertIds([Select(later, long.MinValue, long.MaxValue), Select(later, Begin, Begin + 1)]);
    }

    [Fact]
    public void What_leaves_memory_for_a_block_while_a_query_starts_is_seen_once()
    {
        using var test = new TestTsdb(_folder);
        Dictionary<Labels, Sample[]> old = Series(0, 10, Begin);
        Dictionary<Labels, Sample[]> recent = Series(5, 15, Begin + Hour);
        AppendAll(test, old);
        AppendAll(test, recent);
        SortedDictionary<string, Sample[]> all = test.ReadAll();
        using ISeriesQuerier before = test.Db.OpenQuerier();
        ISeriesSet taken = Select(before, long.MinValue, long.MaxValue);
        WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), old);
        test.Db.Blocks.Reload();
        AssertSame(all, test.ReadAll());
        test.Db.Truncate(Begin + 1);
        AssertSame(all, test.ReadAll());
        AssertSame(all, TestTsdb.Read(before, long.MinValue, long.MaxValue));
        Assert.Equal(15, taken.Count);
        var buffer = new SampleBuffer();
        for (int i = 0; i < taken.Count; i++)
        {
            taken.Read(i, long.MinValue, long.MaxValue, buffer);
            Assert.Equal(all[taken.GetLabels(i).ToString()].Length, buffer.Count);
        }
    }

    [Fact]
    public void A_block_that_is_deleted_is_read_to_the_end()
    {
        WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), Series(0, 10, Begin));
        using var test = new TestTsdb(_folder);
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = Select(querier, long.MinValue, long.MaxValue);
        test.Db.Blocks.Reload(static blocks => blocks.Select(static block => block.Meta.Ulid));
        Assert.Empty(Directory.GetDirectories(_folder.Path, "01*"));
        var buffer = new SampleBuffer();
        set.Read(9, long.MinValue, long.MaxValue, buffer);
        Assert.Equal(1, buffer.Count);
        Assert.Empty(test.ReadAll());
    }

    [Fact]
    public void Of_two_values_at_a_time_the_one_of_the_later_block_is_kept_and_that_of_a_block_before_that_of_the_head()
    {
        Labels labels = TestTsdb.Name("a");
        WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), new Dictionary<Labels, Sample[]> { [labels] = [new(Begin, 1), new(Begin + 2, 1), new(Begin + 3, 1)] }, change: Late);
        WrittenBlock.Write(_folder.Path, WrittenBlock.Name(2), new Dictionary<Labels, Sample[]> { [labels] = [new(Begin + 1, 2), new(Begin + 2, 2), new(Begin + 4, 2)] }, change: Late);
        using var test = new TestTsdb(_folder);
        test.Append(labels, Begin + 2, 3);
        test.Append(labels, Begin + 3, 3);
        test.Append(labels, Begin + 5, 3);
        SampleSequences.AssertSame([new(Begin, 1), new(Begin + 1, 2), new(Begin + 2, 2), new(Begin + 3, 1), new(Begin + 4, 2), new(Begin + 5, 3)], test.ReadAll()[labels.ToString()]);
    }

    [Fact]
    public void Deleted_samples_are_not_shown()
    {
        Labels labels = TestTsdb.Name("a");
        Sample[] samples = [.. Enumerable.Range(0, 100).Select(static i => new Sample(Begin + i, i))];
        string folder = WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), new Dictionary<Labels, Sample[]> { [labels] = samples, [TestTsdb.Name("b")] = samples }, samplesPerChunk: 10);
        var block = new Block(folder);
        uint[] series = block.Index.ReadAllSeries();
        block.Release();
        TombstoneFile.Write(DiskFiles.Instance, folder, TombstoneSet.Of(
        [
            (series[0], new DeletedInterval(Begin + 5, Begin + 27)), (series[0], new DeletedInterval(Begin + 95, long.MaxValue)), (series[1], new DeletedInterval(long.MinValue, Begin + 98)),
        ]));
        using var test = new TestTsdb(_folder);
        SortedDictionary<string, Sample[]> read = test.ReadAll();
        SampleSequences.AssertSame([.. samples[..5], .. samples[28..95]], read[labels.ToString()]);
        SampleSequences.AssertSame(samples[99..], read[TestTsdb.Name("b").ToString()]);

        // Chunks that are deleted as a whole select nothing.
        Assert.Empty(test.Read(Begin + 10, Begin + 19, new Matcher(MatchType.Equal, "__name__", "a")));
    }

    [Fact]
    public void A_query_that_meets_damage_names_it_and_others_are_answered()
    {
        WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), Series(0, 10, Begin));
        string block = WrittenBlock.Write(_folder.Path, WrittenBlock.Name(2), Series(0, 10, Begin + Hour));
        string chunks = Path.Combine(block, "chunks", "000001");
        byte[] bytes = File.ReadAllBytes(chunks);
        bytes[12] ^= 1;
        File.WriteAllBytes(chunks, bytes);
        using var test = new TestTsdb(_folder);
        StorageUnavailableException e = Assert.Throws<CorruptionException>(() => test.ReadAll());
        Assert.StartsWith($"{chunks} is damaged at offset ", e.Message, StringComparison.Ordinal);
        Assert.Equal(10, test.Read(long.MinValue, Begin + 1).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Chunks_of_the_newer_float_encoding_are_read_whether_or_not_a_series_begins_with_one(bool begins)
    {
        Labels labels = TestTsdb.Name("a");
        Sample[] samples = [.. Enumerable.Range(0, 100).Select(static i => new Sample(Begin + (i * 5000), i))];
        var series = new Dictionary<Labels, Sample[]> { [labels] = samples };
        for (int i = 0; i < 9; i++)
        {
            series.Add(TestTsdb.Name("b", "i", i.ToString(null, null)), samples[i..]);
        }

        WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), series, samplesPerChunk: 20, hasStarts: chunk => chunk % 2 == (begins ? 0 : 1));
        using var test = new TestTsdb(_folder);
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = Select(querier, long.MinValue, long.MaxValue);
        Assert.Equal(begins, set.HasMoreThanNumbers);
        SampleBuffer[] buffers = [.. Enumerable.Range(0, set.Count).Select(static _ => new SampleBuffer(4))];
        set.ReadSeveral(0, Begin + 1, long.MaxValue, buffers);
        for (int i = 0; i < set.Count; i++)
        {
            Sample[] expected = [.. series[set.GetLabels(i)].Where(static sample => sample.Timestamp > Begin)];
            Assert.Equal(expected, Enumerable.Range(0, buffers[i].Count).Select(k => new Sample(buffers[i].Timestamps[k], buffers[i].Values[k])));
        }

        // The second chunk, which has starts where the first has none, and the other way round.
        ISeriesSet second = querier.Select(new SeriesSelection([new Matcher(MatchType.Equal, "__name__", "a")], Begin + 101_000, Begin + 190_000), CancellationToken.None);
        second.Read(0, Begin + 101_000, Begin + 190_000, buffers[0]);
        Assert.Equal(!begins, second.HasMoreThanNumbers);
        Assert.Equal(!begins, buffers[0].StartTimestamps.Length > 0 && buffers[0].StartTimestamps[0] == buffers[0].Timestamps[0] - 1000);
    }

    private static BlockMeta Late(BlockMeta meta) => meta with { Hints = [BlockMeta.FromOutOfOrder] };

    private static ISeriesSet Select(ISeriesQuerier querier, long minTime, long maxTime) => querier.Select(new SeriesSelection([], minTime, maxTime), CancellationToken.None);

    private static Dictionary<Labels, Sample[]> Series(int from, int to, long time)
    {
        var series = new Dictionary<Labels, Sample[]>();
        for (int i = from; i < to; i++)
        {
            series.Add(TestTsdb.Name("m", i % 2 == 0 ? "pod" : "host", "p" + i, "group", "p" + (i / 3)), [new Sample(time, i)]);
        }

        return series;
    }

    private static void AppendAll(TestTsdb test, Dictionary<Labels, Sample[]> series)
    {
        foreach ((Labels labels, Sample[] samples) in series)
        {
            foreach (Sample sample in samples)
            {
                Assert.Equal(AppendResult.Appended, test.Append(labels, sample.Timestamp, sample.Value));
            }
        }
    }

    private static void AssertIds(List<ISeriesSet> sets)
    {
        var byText = new Dictionary<string, uint> { [""] = 0 };
        foreach (ISeriesSet set in sets)
        {
            uint[] shapes = new uint[set.Count];
            set.GetShapeIds(shapes);
            foreach (string name in new[] { "__name__", "pod", "host", "group", "none" })
            {
                uint[] ids = new uint[set.Count];
                set.GetLabelValueIds(name, ids);
                for (int i = 0; i < ids.Length; i++)
                {
                    Labels labels = set.GetLabels(i);
                    Assert.Equal(labels.Select(static label => label.Name), set.GetShapeLabelNames(shapes[i]));
                    Assert.Equal(byText.GetValueOrDefault(labels[name], ids[i]), ids[i]);
                    byText[labels[name]] = ids[i];
                }
            }
        }

        Assert.Equal(byText.Count, byText.Values.Distinct().Count());
        foreach ((string text, uint id) in byText)
        {
            Assert.All(sets, set => Assert.Equal(text, set.GetLabelValue(id)));
        }
    }

    private static Dictionary<Labels, Sample[]> RandomSlice(Random random, long start, long length)
    {
        var slice = new Dictionary<Labels, Sample[]>();
        for (int i = 0; i < 60; i++)
        {
            if (random.Next(3) == 0)
            {
                continue;
            }

            Labels labels = i % 7 == 0 ? TestTsdb.Name("m" + i) : TestTsdb.Name("m" + (i % 5), "instance", "host-ä-" + i, "job", "j" + (i % 3));
            long step = 7_000 + (i * 331);
            var samples = new List<Sample>();
            for (long time = start - (start % step) + step; time < start + length; time += step)
            {
                samples.Add(new Sample(time, Math.Sin(time * (i + 1))));
            }

            slice.Add(labels, [.. samples]);
        }

        return slice;
    }

    private static void Add(Dictionary<Labels, SortedDictionary<long, double>> model, Dictionary<Labels, Sample[]> series)
    {
        foreach ((Labels labels, Sample[] samples) in series)
        {
            if (!model.TryGetValue(labels, out SortedDictionary<long, double>? known))
            {
                model.Add(labels, known = []);
            }

            foreach (Sample sample in samples)
            {
                known[sample.Timestamp] = sample.Value;
            }
        }
    }

    private static SortedDictionary<string, Sample[]> Expected(Dictionary<Labels, SortedDictionary<long, double>> model, long minTime, long maxTime, Matcher[] matchers)
    {
        var expected = new SortedDictionary<string, Sample[]>(StringComparer.Ordinal);
        foreach ((Labels labels, SortedDictionary<long, double> samples) in model)
        {
            Sample[] found = [.. samples.Where(pair => pair.Key >= minTime && pair.Key <= maxTime).Select(static pair => new Sample(pair.Key, pair.Value))];
            if (found.Length > 0 && matchers.All(matcher => matcher.Matches(labels[matcher.Name])))
            {
                expected.Add(labels.ToString(), found);
            }
        }

        return expected;
    }

    private static SortedDictionary<string, Sample[]> WithoutEmpty(SortedDictionary<string, Sample[]> read)
    {
        foreach (string key in read.Where(static pair => pair.Value.Length == 0).Select(static pair => pair.Key).ToList())
        {
            read.Remove(key);
        }

        return read;
    }

    private static void AssertSame(SortedDictionary<string, Sample[]> expected, SortedDictionary<string, Sample[]> read)
    {
        Assert.Equal(expected.Keys, read.Keys);
        foreach ((string labels, Sample[] samples) in expected)
        {
            SampleSequences.AssertSame(samples, read[labels]);
        }
    }
}
