using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Tests;

/// <summary>Random lives of a store against a dictionary.</summary>
public class ModelTests
{
    private static readonly WalCompression[] Compressions = [WalCompression.None, WalCompression.Snappy, WalCompression.Zstd];

    private const long HalfRange = 3_600_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_store_does_what_a_dictionary_does(int seed)
    {
        var random = new Random(seed);
        using var test = new TestTsdb(configure: options => options with { WalCompression = Compressions[seed % 3], WalSegmentBytes = 64 * 1024, HeadSnapshots = seed % 2 == 1 });
        var model = new Model(random.NextInt64(1_000_000_000_000));
        for (int step = 0; step < 1200; step++)
        {
            switch (random.Next(100))
            {
                case < 85:
                    AppendBatch(test, model, random);
                    break;
                case < 88:
                    test.Reopen();
                    model.LeastKept = long.MinValue;
                    break;
                case < 91 when model.Newest > long.MinValue:
                    long minTime = model.Newest - HalfRange - random.NextInt64(6 * HalfRange);
                    test.Db.Truncate(minTime);
                    model.Truncate(minTime);
                    break;
                case < 94:
                    // Whatever is written to blocks and merged reads the same.
                    test.Db.Compact();
                    break;
                default:
                    Compare(test, model, random);
                    break;
            }
        }

        Compare(test, model, random);
        test.Reopen();
        model.LeastKept = long.MinValue;
        Compare(test, model, random);
    }

    private static void AppendBatch(TestTsdb test, Model model, Random random)
    {
        model.Clock += random.Next(5) == 0 ? random.Next(900_000) : 15_000;
        var batch = new SampleBatch(1);
        var names = new List<string>();
        int size = 1 + random.Next(40);
        for (int i = 0; i < size; i++)
        {
            string name = "s" + random.Next(60);
            names.Add(name);
            long time = random.Next(12) switch
            {
                0 => model.Clock - random.Next(30_000),
                1 => model.Clock - (2 * HalfRange),
                _ => model.Clock + random.Next(3),
            };
            batch.Add(test.Db.GetOrAdd(TestTsdb.Name(name)), time, random.Next(4) == 0 ? random.NextDouble() : random.Next(3));
        }

        test.Db.Append(batch);
        long least = model.AppendableMinTime(batch.Timestamps[0]);
        for (int i = 0; i < size; i++)
        {
            AppendResult expected = model.Append(names[i], new Sample(batch.Timestamps[i], batch.Values[i]), least);
            Assert.Equal(expected, batch.Results[i]);
        }
    }

    private static void Compare(TestTsdb test, Model model, Random random)
    {
        long from = Math.Max(model.Dropped, model.Newest - random.NextInt64(10 * HalfRange));
        long to = random.Next(2) == 0 ? long.MaxValue : model.Newest - random.Next(100_000);
        SortedDictionary<string, Sample[]> actual = test.Read(from, to);
        foreach ((string name, List<Sample> samples) in model.Series)
        {
            Sample[] expected = [.. samples.Where(sample => sample.Timestamp >= from && sample.Timestamp <= to)];
            string labels = $"{{__name__=\"{name}\"}}";
            if (expected.Length > 0)
            {
                SampleSequences.AssertSame(expected, actual[labels]);
            }
            else
            {
                Assert.Empty(actual.GetValueOrDefault(labels, []));
            }
        }
    }

    private sealed class Model(long clock)
    {
        public long Clock { get; set; } = clock;

        public long Newest { get; private set; } = long.MinValue;

        /// <summary>Refused below this since the last start.</summary>
        public long LeastKept { get; set; } = long.MinValue;

        /// <summary>Whatever is older may be gone, or come back after a start.</summary>
        public long Dropped { get; private set; } = long.MinValue;

        public Dictionary<string, List<Sample>> Series { get; } = [];

        public long AppendableMinTime(long first) => Math.Max(LeastKept, (Newest == long.MinValue ? first : Newest) - HalfRange);

        public AppendResult Append(string name, Sample sample, long least)
        {
            if (sample.Timestamp < least)
            {
                return AppendResult.TooOld;
            }

            if (!Series.TryGetValue(name, out List<Sample>? samples))
            {
                samples = [];
                Series.Add(name, samples);
            }

            if (samples.Count > 0 && sample.Timestamp <= samples[^1].Timestamp)
            {
                return sample.Timestamp < samples[^1].Timestamp ? AppendResult.OutOfOrder
                    : sample.Value.Equals(samples[^1].Value) ? AppendResult.Appended : AppendResult.DuplicateTimestamp;
            }

            samples.Add(sample);
            Newest = Math.Max(Newest, sample.Timestamp);
            return AppendResult.Appended;
        }

        public void Truncate(long minTime)
        {
            LeastKept = Math.Max(LeastKept, minTime);
            Dropped = Math.Max(Dropped, minTime);
        }
    }
}
