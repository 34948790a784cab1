using System.Globalization;
using Pharos.Core.Contracts;
using Pharos.Core.Hashing;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;
using Pharos.Storage.Wal;
using Pharos.Testing;

namespace Pharos.Storage.Tests;

/// <summary>Native histograms in one data folder, taken in turn by the real Prometheus and by this store.</summary>
public class PrometheusHistogramTests
{
    private const int Samples = 650;

    // Six hours and a half.
    private const int LongSamples = 1500;
    private readonly long _now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000 * 1000;

    [Fact]
    public async Task Prometheus_closes_the_same_chunks_of_histograms_byte_for_byte()
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        MixedSample[][] series = Make();
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            Append(test, series);
        }

        using (RealPrometheus prometheus = await RealPrometheus.StartAsync(configuration, folder.Path, scrapeItself: false, cancellation, "--enable-feature=native-histograms"))
        {
            prometheus.Stop(kill: false);
        }

        using var memory = new HeadMemory(KeyedHasher.CreateRandom());
        Append(memory, series);
        int compared = 0;
        foreach ((ulong reference, long minTime, ChunkEncoding encoding, byte[] bytes) in MappedChunks.Read(folder.File("chunks_head/000001")))
        {
            (ChunkEncoding Encoding, byte[] Bytes) ours = Find(memory, (uint)reference, minTime);
            Assert.Equal(encoding, ours.Encoding);
            Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(ours.Bytes));
            compared++;
        }

        Assert.True(compared >= 200, $"{compared} chunks");
    }

    [Fact]
    public async Task Prometheus_starts_on_our_log_and_answers_the_same_histograms()
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        MixedSample[][] series = Make();
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            Append(test, series);
        }

        using RealPrometheus prometheus = await RealPrometheus.StartAsync(configuration, folder.Path, scrapeItself: false, cancellation, "--enable-feature=native-histograms");
        Dictionary<string, List<string>> answered = await prometheus.HistogramsAsync("m[4h]", "i", _now, cancellation);
        foreach ((int i, MixedSample[] samples) in series.Index())
        {
            Assert.Equal(Texts(samples), answered[$"{i:D2}"]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Histograms_that_Prometheus_received_are_read_from_its_folder_and_given_back(bool kill)
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        MixedSample[][] series = Make();
        using (RealPrometheus prometheus = await RealPrometheus.StartAsync(
            configuration, folder.Path, scrapeItself: false, cancellation, "--enable-feature=native-histograms", "--web.enable-remote-write-receiver"))
        {
            foreach (byte[] body in ToWriteRequests(series))
            {
                await prometheus.WriteAsync(body, cancellation);
            }

            prometheus.Stop(kill);
        }

        using (TestTsdb test = TestTsdb.Open(folder))
        {
            AssertHolds(test, series);
            test.Append(TestTsdb.Name("m", "i", "more"), _now, 1);
        }

        using RealPrometheus again = await RealPrometheus.StartAsync(configuration, folder.Path, scrapeItself: false, cancellation, "--enable-feature=native-histograms");
        Dictionary<string, List<string>> answered = await again.HistogramsAsync("m[4h]", "i", _now, cancellation);
        foreach ((int i, MixedSample[] samples) in series.Index())
        {
            Assert.Equal(Texts(samples), answered[$"{i:D2}"]);
        }

        Assert.Empty(answered["more"]);
    }

    [Fact]
    public async Task Prometheus_reads_the_blocks_that_the_head_became()
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        MixedSample[][] series = Make(count: 20, LongSamples);
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            Append(test, series);
            test.Db.Compact(cancellation);
            Assert.NotEmpty(test.Db.GetBlocks());
            AssertHolds(test, series);
        }

        using RealPrometheus prometheus = await RealPrometheus.StartAsync(configuration, folder.Path, scrapeItself: false, cancellation, "--enable-feature=native-histograms");
        Dictionary<string, List<string>> answered = await prometheus.HistogramsAsync("m[12h]", "i", _now, cancellation);
        foreach ((int i, MixedSample[] samples) in series.Index())
        {
            Assert.Equal(Texts(samples), answered[$"{i:D2}"]);
        }
    }

    [Fact]
    public async Task Blocks_that_Prometheus_wrote_are_read_and_go_on_here()
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        MixedSample[][] series = Make(count: 20, LongSamples);
        using (RealPrometheus prometheus = await RealPrometheus.StartAsync(
            configuration, folder.Path, scrapeItself: false, cancellation, "--enable-feature=native-histograms", "--web.enable-remote-write-receiver"))
        {
            foreach (byte[] body in ToWriteRequests(series))
            {
                await prometheus.WriteAsync(body, cancellation);
            }

            for (int i = 0; i < 300 && Blocks(folder).Length == 0; i++)
            {
                await Task.Delay(100, cancellation);
            }

            prometheus.Stop(kill: false);
        }

        Assert.NotEmpty(Blocks(folder));
        using TestTsdb test = TestTsdb.Open(folder);
        Assert.NotEmpty(test.Db.GetBlocks());
        AssertHolds(test, series);
        test.Db.Compact(cancellation);
        AssertHolds(test, series);
    }

    private static string[] Blocks(TempFolder folder) => Directory.GetFiles(folder.Path, "meta.json", SearchOption.AllDirectories);

    // As the range of a query has them: without staleness markers.
    private static IEnumerable<string> Texts(MixedSample[] samples) =>
        from sample in samples
        where !sample.Histogram.IsNone && !Staleness.IsMarker(sample.Value)
        select $"{sample.Time}: {Text(sample.Histogram.ToFloat())}";

    private static string Text(FloatHistogram histogram)
    {
        var buckets = new List<string>();
        foreach (HistogramBucket bucket in histogram.Buckets())
        {
            if (bucket.Count != 0)
            {
                buckets.Add($"{bucket.BoundaryRule} {Number(bucket.Lower)} {Number(bucket.Upper)} {Number(bucket.Count)}");
            }
        }

        return $"{Number(histogram.Count)} {Number(histogram.Sum)} {string.Join(' ', buckets)}";
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

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
                Assert.Equal(BitConverter.DoubleToInt64Bits(samples[k].Value), BitConverter.DoubleToInt64Bits(buffer.Values[k]));
                FloatHistogram? actual = buffer.HasHistograms ? buffer.Histograms[k] : null;
                Assert.Equal(samples[k].Histogram.IsNone, actual is null);
                Assert.True(actual is null || Staleness.IsMarker(actual.Sum) || actual.Compact().ContentEquals(samples[k].Histogram.ToFloat().Compact()));
            }
        }
    }

    // All series a quarter of an hour at a time, a request for each run of samples of one kind: 3.5 logs those of one request apart.
    private static IEnumerable<byte[]> ToWriteRequests(MixedSample[][] series)
    {
        const int Slice = 60;
        for (int from = 0; from < series.Max(static s => s.Length); from += Slice)
        {
            foreach ((int i, MixedSample[] samples) in series.Index())
            {
                int end;
                int to = Math.Min(from + Slice, samples.Length);
                for (int start = from; start < to; start = end)
                {
                    for (end = start + 1; end < to && IsSameKind(samples[start], samples[end]);)
                    {
                        end++;
                    }

                    yield return ToWriteRequest(["__name__", "m", "i", $"{i:D2}"], [.. samples[start..end]]);
                }
            }
        }
    }

    private static byte[] ToWriteRequest(string[] labels, MixedSample[] run) => run[0].Histogram.IsNone
        ? new WriteRequestBuilder().Add(labels, [.. run.Select(static s => (s.Time, s.Value))]).ToBody()
        : new WriteRequestBuilder().AddHistograms(
            labels, run.Select(static s => (s.Time, s.Histogram.ToFloat())), asIntegers: run[0].Histogram.Integers is not null).ToBody();

    private static bool IsSameKind(MixedSample left, MixedSample right) =>
        left.Histogram.IsNone ? right.Histogram.IsNone : !right.Histogram.IsNone && HistogramRecords.KindOf(left.Histogram) == HistogramRecords.KindOf(right.Histogram);

    private static unsafe (ChunkEncoding Encoding, byte[] Bytes) Find(HeadMemory memory, uint reference, long minTime)
    {
        for (uint unit = memory.Series.Lines[reference].Closed; unit != 0;)
        {
            ClosedChunk* chunk = memory.Chunks.At(unit);
            if (chunk->MinTime == minTime)
            {
                return (chunk->Encoding, memory.Chunks.View(chunk).Bytes.ToArray());
            }

            unit = chunk->Previous;
        }

        Assert.Fail($"series {reference} has no chunk from {minTime} on");
        return default;
    }

    // Without staleness markers that come as numbers: 3.5 keeps those as numbers when it replays them, newer versions make histograms of them. Without empty buckets that come
    // and go: there 3.5 writes spans that go back.
    private MixedSample[][] Make(int count = 60, int length = Samples)
    {
        var random = new Random(8);
        return
        [
            .. Enumerable.Range(0, count).Select(_ => HistogramSequences.Random(random, length, _now - (length * 16_000L), withEmptyBuckets: false)
                .Where(static sample => !sample.Histogram.IsNone || !Staleness.IsMarker(sample.Value)).ToArray()),
        ];
    }

    // References count from 1 in the order of the series.
    private static void Append(TestTsdb test, MixedSample[][] series)
    {
        var batch = new SampleBatch();
        for (int k = 0; k < series.Max(static s => s.Length); k++)
        {
            batch.Clear();
            foreach ((int i, MixedSample[] samples) in series.Index())
            {
                SeriesRef reference = test.Db.GetOrAdd(TestTsdb.Name("m", "i", $"{i:D2}"));
                if (k < samples.Length)
                {
                    samples[k].AddTo(batch, reference);
                }
            }

            Assert.Equal(batch.Count, test.Db.Append(batch).Appended);
        }
    }

    private static unsafe void Append(HeadMemory memory, MixedSample[][] series)
    {
        foreach ((int i, MixedSample[] samples) in series.Index())
        {
            HotLine* line = memory.Series.Lines + i + 1;
            line->State = SeriesState.Alive;
            foreach (MixedSample sample in samples)
            {
                if (!sample.Histogram.IsNone)
                {
                    memory.Histograms.Append(line, sample.Time, sample.Histogram);
                }
                else if (line->State == SeriesState.Alive)
                {
                    memory.Xor.Append(line, sample.Time, BitConverter.DoubleToUInt64Bits(sample.Value));
                }
                else
                {
                    memory.Histograms.AppendFloat(line, sample.Time, BitConverter.DoubleToUInt64Bits(sample.Value));
                }
            }
        }
    }
}
