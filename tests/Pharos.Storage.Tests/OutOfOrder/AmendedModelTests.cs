using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Testing;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.OutOfOrder;

/// <summary>Random lives of a store with an out-of-order window, deletions, compactions, restarts and kills against dictionaries.</summary>
public class AmendedModelTests
{
    private const long HalfRange = 3_600_000;
    private const int SeriesCount = 40;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    [InlineData(7, true)]
    [InlineData(8, true)]
    [InlineData(9, true)]
    [InlineData(10, true)]
    [InlineData(11, true)]
    public void A_store_that_takes_samples_late_and_deletes_does_what_dictionaries_do(int seed, bool withBlocks)
    {
        var random = new Random(seed);
        using var test = new TestTsdb(configure: static options => options with { WalSegmentBytes = 64 * 1024 });
        var model = new Model(random.NextInt64(1_000_000_000_000)) { Window = 5 * HalfRange, WithBlocks = withBlocks };
        test.Db.SetOutOfOrderWindow(TimeSpan.FromMilliseconds(model.Window));
        for (int step = 0; step < (withBlocks ? 500 : 700); step++)
        {
            switch (random.Next(100))
            {
                case < 4 when withBlocks:
                    test.Db.Compact(CancellationToken.None);
                    break;
                case < 5 when withBlocks:
                    test.Db.CleanTombstones(CancellationToken.None);
                    break;
                case < 80:
                    AppendBatch(test, model, random);
                    break;
                case < 87:
                    Delete(test, model, random);
                    break;
                case < 89:
                    test.Reopen();
                    test.Db.SetOutOfOrderWindow(TimeSpan.FromMilliseconds(model.Window));
                    break;
                case < 91:
                    CompareKilled(test, model, random);
                    break;
                case < 92:
                    model.Window = random.Next(3) == 0 ? 0 : random.NextInt64(12 * HalfRange);
                    test.Db.SetOutOfOrderWindow(TimeSpan.FromMilliseconds(model.Window));
                    break;
                case < 93 when !withBlocks && model.Newest > long.MinValue:
                    long minTime = model.Newest - HalfRange - random.NextInt64(8 * HalfRange);
                    test.Db.Truncate(minTime);
                    model.Dropped = Math.Max(model.Dropped, minTime);
                    break;
                default:
                    Compare(test.Db, model, random);
                    break;
            }
        }

        Compare(test.Db, model, random);
        CompareKilled(test, model, random);
        test.Reopen();
        Compare(test.Db, model, random);
        Assert.DoesNotContain(test.Messages, static message => message.Severity != TsdbSeverity.Information && !message.Text.StartsWith("blocks overlap", StringComparison.Ordinal));
    }

    private static void AppendBatch(TestTsdb test, Model model, Random random)
    {
        model.Clock += random.Next(5) == 0 ? random.Next(900_000) : 15_000;
        var batch = new SampleBatch(1);
        var names = new List<string>();
        int size = 1 + random.Next(60);
        for (int i = 0; i < size; i++)
        {
            string name = "s" + random.Next(SeriesCount);
            names.Add(name);
            long time = random.Next(6) switch
            {
                0 => model.Clock - random.Next(30_000),
                1 => model.Clock - random.NextInt64(8 * HalfRange),
                2 => model.Clock - (15_000L * random.Next(200)),
                _ => model.Clock + random.Next(3),
            };

            // Of two values at one time blocks may show either, as upstream's; without blocks it is the first.
            double value = model.WithBlocks ? time % 977 : random.Next(4) == 0 ? random.NextDouble() : random.Next(3);
            batch.Add(test.Db.GetOrAdd(TestTsdb.Name(name)), time, value);
        }

        test.Db.Append(batch);
        AppendResult[] expected = model.Append(names, batch);
        Assert.Equal(expected, batch.Results.ToArray());
    }

    private static void Delete(TestTsdb test, Model model, Random random)
    {
        if (model.Newest == long.MinValue)
        {
            return;
        }

        long from = random.Next(8) == 0 ? long.MinValue : model.Newest - random.NextInt64(8 * HalfRange);
        long to = random.Next(8) == 0 ? long.MaxValue : from == long.MinValue ? model.Newest - (7 * HalfRange) : from + random.NextInt64(HalfRange);
        string name = "s" + random.Next(SeriesCount);
        test.Db.Delete([new Matcher(MatchType.Equal, "__name__", name)], from, to);
        model.Delete(name, from, to);
    }

    // What the folder holds while the store is open is what a killed process leaves behind.
    private static void CompareKilled(TestTsdb test, Model model, Random random)
    {
        using var copy = new TempFolder();
        foreach (string file in Directory.EnumerateFiles(test.Options.Folder, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file) == "lock")
            {
                continue;
            }

            string target = copy.File(Path.GetRelativePath(test.Options.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        using TestTsdb killed = TestTsdb.Open(copy);
        Compare(killed.Db, model, random);
    }

    private static void Compare(Tsdb db, Model model, Random random)
    {
        long from = random.Next(3) == 0 ? model.Dropped : Math.Max(model.Dropped, model.Newest - random.NextInt64(10 * HalfRange));
        long to = random.Next(2) == 0 ? long.MaxValue : model.Newest - random.Next(100_000);
        using ISeriesQuerier querier = db.OpenQuerier();
        SortedDictionary<string, Sample[]> actual = TestTsdb.Read(querier, from, to);
        foreach ((string name, ModelSeries series) in model.Series)
        {
            Sample[] expected = [.. series.Samples.Where(pair => pair.Key >= from && pair.Key <= to).Select(static pair => new Sample(pair.Key, pair.Value))];
            SampleSequences.AssertSame(expected, actual.GetValueOrDefault($"{{__name__=\"{name}\"}}", []));
        }
    }

    private sealed class ModelSeries
    {
        public SortedDictionary<long, double> Samples { get; } = [];

        /// <summary>Of those that came in order, deleted ones included.</summary>
        public Sample? Newest { get; set; }
    }

    private sealed class Model(long clock)
    {
        public long Clock { get; set; } = clock;

        public long Window { get; set; }

        public bool WithBlocks { get; init; }

        public long Newest { get; private set; } = long.MinValue;

        /// <summary>Whatever is older may be gone, or come back after a start.</summary>
        public long Dropped { get; set; } = long.MinValue;

        public Dictionary<string, ModelSeries> Series { get; } = [];

        public AppendResult[] Append(List<string> names, SampleBatch batch)
        {
            long newest = Newest == long.MinValue ? batch.Timestamps[0] : Newest;
            var results = new AppendResult[names.Count];
            var before = new Dictionary<string, Sample?>();
            var late = new List<int>();
            for (int i = 0; i < results.Length; i++)
            {
                if (!Series.TryGetValue(names[i], out ModelSeries? series))
                {
                    series = new ModelSeries();
                    Series.Add(names[i], series);
                }

                Sample sample = new(batch.Timestamps[i], batch.Values[i]);
                before.TryAdd(names[i], series.Newest);
                if (sample.Timestamp < newest - HalfRange || (series.Newest is { } last && sample.Timestamp < last.Timestamp))
                {
                    bool old = sample.Timestamp < newest - HalfRange;
                    results[i] = Window == 0 ? (old ? AppendResult.TooOld : AppendResult.OutOfOrder) : sample.Timestamp < newest - Window ? AppendResult.TooOld : AppendResult.Appended;
                    if (results[i] == AppendResult.Appended)
                    {
                        // Those that the batch itself overtakes are stored after the others.
                        bool certain = old || (before[names[i]] is { } known && sample.Timestamp < known.Timestamp);
                        late.Insert(certain ? late.Count(static k => k >= 0) : late.Count, certain ? i : ~i);
                    }
                }
                else if (series.Newest is { } same && same.Timestamp == sample.Timestamp)
                {
                    results[i] = sample.Value.Equals(same.Value) ? AppendResult.Appended : AppendResult.DuplicateTimestamp;
                }
                else
                {
                    series.Newest = sample;
                    series.Samples[sample.Timestamp] = sample.Value;
                    Newest = Math.Max(Newest, sample.Timestamp);
                }
            }

            foreach (int k in late)
            {
                int i = k >= 0 ? k : ~k;
                Series[names[i]].Samples.TryAdd(batch.Timestamps[i], batch.Values[i]);
            }

            return results;
        }

        public void Delete(string name, long from, long to)
        {
            if (Series.TryGetValue(name, out ModelSeries? series))
            {
                foreach (long time in series.Samples.Keys.Where(time => time >= from && time <= to).ToArray())
                {
                    series.Samples.Remove(time);
                }
            }
        }
    }
}
