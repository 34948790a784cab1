using System.Globalization;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Testing;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.OutOfOrder;

/// <summary>Native histograms that come late, alone and between numbers.</summary>
public class OutOfOrderHistogramTests
{
    private const int Series = 6;
    private const int Samples = 90;
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000 * 1000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Histograms_in_any_order_come_back_in_theirs(int seed)
    {
        var random = new Random(seed);
        MixedSample[][] series = Make(random);
        using var folder = new TempFolder();
        using TestTsdb test = Open(folder);
        AppendShuffled(test, series, random);
        AssertHolds(test, series);
        TsdbMetrics metrics = test.Db.GetMetrics();
        Assert.Equal(Series * (Samples - 1), metrics.OutOfOrderHistogramsAppended + metrics.OutOfOrderSamplesAppended);
        Assert.InRange(metrics.OutOfOrderHistogramsAppended, 1, Series * Samples);
        test.Reopen();
        AssertHolds(test, series);
        long from = series[0][20].Time;
        long to = series[0][70].Time;
        test.Db.Delete([new Matcher(MatchType.Equal, "i", "0")], from, to);
        series[0] = [.. series[0].Where(sample => sample.Time < from || sample.Time > to)];
        AssertHolds(test, series);
        test.Reopen();
        AssertHolds(test, series);
    }

    [Fact]
    public void A_late_histogram_hides_no_reset_and_claims_none()
    {
        using var folder = new TempFolder();
        using TestTsdb test = Open(folder);
        var batch = new SampleBatch();
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("m"));
        batch.Add(series, Now, Whole(10));
        batch.Add(series, Now + 1000, Whole(20));
        batch.Add(series, Now + 2000, Whole(30));
        test.Db.Append(batch);
        batch.Clear();
        batch.Add(series, Now + 500, Whole(5));
        Assert.Equal(1, test.Db.Append(batch).Appended);
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
        var buffer = new SampleBuffer();
        set.Read(0, long.MinValue, long.MaxValue, buffer);
        Assert.True(set.HasMoreThanNumbers);
        Assert.Equal(
            [CounterResetHint.Unknown, CounterResetHint.Unknown, CounterResetHint.Unknown, CounterResetHint.NotReset],
            buffer.Histograms.ToArray().Select(static histogram => histogram!.CounterResetHint));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Histograms_that_Prometheus_took_late_are_read_and_given_back_with_more(bool kill)
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        var random = new Random(4);
        MixedSample[][] series = Make(random);
        using (RealPrometheus prometheus = await RealPrometheus.StartToWriteAsync(configuration, folder.Path, "5h", cancellation))
        {
            for (int i = 0; i < Series; i++)
            {
                await prometheus.WriteAsync(ToWriteRequest(i, series[i][^1]), cancellation);
                MixedSample[] late = series[i][..60];
                random.Shuffle(late);
                foreach (MixedSample sample in late)
                {
                    await prometheus.WriteAsync(ToWriteRequest(i, sample), cancellation);
                }
            }

            prometheus.Stop(kill);
        }

        using (TestTsdb test = Open(folder))
        {
            AssertHolds(test, [.. series.Select(static samples => (MixedSample[])[.. samples[..60], samples[^1]])]);
            AppendShuffled(test, [.. series.Select(static samples => samples[60..])], random);
            AssertHolds(test, series);
        }

        using RealPrometheus again = await RealPrometheus.StartToWriteAsync(configuration, folder.Path, "5h", cancellation);
        Dictionary<string, List<string>> answered = await again.HistogramsAsync("m[4h]", "i", Now + 3_600_000, cancellation);
        for (int i = 0; i < Series; i++)
        {
            Assert.Equal(
                series[i].Where(static sample => !sample.Histogram.IsNone && !Staleness.IsMarker(sample.Value)).Select(static sample => sample.Time.ToString(CultureInfo.InvariantCulture)),
                answered[i.ToString(CultureInfo.InvariantCulture)].Select(static text => text[..text.IndexOf(':', StringComparison.Ordinal)]));
        }
    }

    private static TestTsdb Open(TempFolder folder) => new(folder, configure: static options => options with { OutOfOrderWindow = TimeSpan.FromHours(5) });

    private static NativeHistogram Whole(ulong count) => new(new IntegerHistogram
    {
        Count = count,
        Sum = 10 * count,
        PositiveSpans = [new BucketSpan(0, 1)],
        PositiveDeltas = [(long)count],
    });

    // A staleness marker that comes as a number turns into what the series was, which is another matter.
    private static MixedSample[][] Make(Random random) =>
    [
        .. Enumerable.Range(0, Series).Select(_ => HistogramSequences.Random(random, 2 * Samples, Now - 3_600_000, withEmptyBuckets: false)
            .Where(static sample => !Staleness.IsMarker(sample.Value)).Take(Samples).ToArray()),
    ];

    private static void AppendShuffled(TestTsdb test, MixedSample[][] series, Random random)
    {
        var batch = new SampleBatch();
        for (int i = 0; i < series.Length; i++)
        {
            SeriesRef reference = test.Db.GetOrAdd(TestTsdb.Name("m", "i", i.ToString(CultureInfo.InvariantCulture)));
            MixedSample[] samples = [series[i][^1], .. series[i][..^1]];
            random.Shuffle(samples.AsSpan(1));
            foreach (MixedSample[] some in samples.Chunk(7))
            {
                batch.Clear();
                foreach (MixedSample sample in some)
                {
                    sample.AddTo(batch, reference);
                }

                Assert.Equal(some.Length, test.Db.Append(batch).Appended);
            }
        }
    }

    private static byte[] ToWriteRequest(int series, MixedSample sample)
    {
        string[] labels = ["__name__", "m", "i", series.ToString(CultureInfo.InvariantCulture)];
        return sample.Histogram.IsNone
            ? new WriteRequestBuilder().Add(labels, [(sample.Time, sample.Value)]).ToBody()
            : new WriteRequestBuilder().AddHistograms(labels, [(sample.Time, sample.Histogram.ToFloat())], asIntegers: sample.Histogram.Integers is not null).ToBody();
    }

    private static void AssertHolds(TestTsdb test, MixedSample[][] series)
    {
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
        Assert.Equal(series.Length, set.Count);
        var buffer = new SampleBuffer();
        for (int n = 0; n < set.Count; n++)
        {
            set.Read(n, long.MinValue, long.MaxValue, buffer);
            MixedSample[] samples = series[int.Parse(set.GetLabels(n)["i"]!, CultureInfo.InvariantCulture)];
            Assert.Equal(samples.Select(static s => s.Time), buffer.Timestamps.ToArray());
            for (int k = 0; k < samples.Length; k++)
            {
                FloatHistogram? actual = buffer.HasHistograms ? buffer.Histograms[k] : null;
                Assert.Equal(samples[k].Histogram.IsNone, actual is null);
                Assert.Equal(BitConverter.DoubleToInt64Bits(samples[k].Value), BitConverter.DoubleToInt64Bits(buffer.Values[k]));
                Assert.True(actual is null || actual.Compact().ContentEquals(samples[k].Histogram.ToFloat().Compact()));
            }
        }
    }
}
