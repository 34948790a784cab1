using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Tests.Chunks;
using Pharos.Storage.Wal;
using Pharos.Testing;

namespace Pharos.Storage.Tests;

/// <summary>One data folder, taken in turn by the real Prometheus and by this store.</summary>
public class PrometheusFolderTests
{
    private readonly long _now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000 * 1000;

    [Theory]
    [InlineData(WalCompression.None)]
    [InlineData(WalCompression.Snappy)]
    [InlineData(WalCompression.Zstd)]
    public async Task Prometheus_starts_on_our_log_and_answers_the_same(WalCompression compression)
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        SortedDictionary<string, Sample[]> written;
        using (var test = new TestTsdb(folder, configure: options => options with { WalCompression = compression }))
        {
            Fill(test, series: 200, steps: 300);
            written = test.ReadAll();
        }

        using RealPrometheus prometheus = await RealPrometheus.StartAsync(configuration, folder.Path, scrapeItself: false, cancellation);
        Dictionary<string, Sample[]> read = await prometheus.SamplesAsync("{__name__=~\"m.*\"}[3h]", _now, cancellation);
        Assert.Equal(written.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        foreach ((string labels, Sample[] samples) in written)
        {
            SampleSequences.AssertSame(samples, read[labels]);
        }
    }

    [Fact]
    public async Task Prometheus_reads_the_checkpoint_that_truncation_wrote()
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        SortedDictionary<string, Sample[]> written;
        using (var test = new TestTsdb(folder, configure: options => options with { WalSegmentBytes = 64 * 1024 }))
        {
            Fill(test, series: 200, steps: 300);
            test.Db.Truncate(_now - (40 * 60_000));
            Assert.Equal(1, test.Db.GetMetrics().Checkpoints);
            written = test.ReadAll();
        }

        Assert.Single(Directory.GetDirectories(folder.File("wal"), "checkpoint.*"));
        using RealPrometheus prometheus = await RealPrometheus.StartAsync(configuration, folder.Path, scrapeItself: false, cancellation);
        Dictionary<string, Sample[]> read = await prometheus.SamplesAsync("{__name__=~\"m.*\"}[39m]", _now, cancellation);
        Assert.Equal(written.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        foreach ((string labels, Sample[] samples) in written)
        {
            SampleSequences.AssertSame([.. samples.Where(sample => sample.Timestamp > _now - (39 * 60_000))], read[labels]);
        }
    }

    [Fact]
    public async Task Prometheus_closes_the_same_chunks_byte_for_byte()
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        SortedDictionary<string, Sample[]> written;
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            Fill(test, series: 100, steps: 400);
            written = test.ReadAll();
        }

        // Without our files of them it makes its own.
        Directory.Delete(folder.File("chunks_head"), recursive: true);
        using (RealPrometheus prometheus = await RealPrometheus.StartAsync(configuration, folder.Path, scrapeItself: false, cancellation))
        {
            prometheus.Stop(kill: false);
        }

        int compared = 0;
        foreach ((ulong reference, long minTime, ChunkEncoding encoding, byte[] bytes) in MappedChunks.Read(folder.File("chunks_head/000001")))
        {
            Assert.Equal(ChunkEncoding.Xor, encoding);

            // References count in the order in which Fill creates.
            var plain = new PlainHead();
            foreach (Sample sample in written[LabelsOf((int)reference - 1).ToString()])
            {
                plain.Append(sample);
            }

            PlainXorChunk chunk = plain.Chunks.Single(chunk => chunk.FirstTime == minTime);
            Assert.Equal([(byte)(chunk.Count >> 8), (byte)chunk.Count, .. chunk.Bits], bytes);
            compared++;
        }

        Assert.True(compared >= 200, $"{compared} chunks");
    }

    [Theory]
    [InlineData(false, "snappy")]
    [InlineData(true, "snappy")]
    [InlineData(true, "zstd")]
    public async Task A_folder_that_Prometheus_left_is_opened_and_given_back(bool kill, string compression)
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        Dictionary<string, Sample[]> first;
        using (RealPrometheus prometheus = await RealPrometheus.StartAsync(
            configuration, folder.Path, scrapeItself: true, cancellation, "--storage.tsdb.wal-compression-type=" + compression))
        {
            do
            {
                await Task.Delay(100, cancellation);
                first = await prometheus.SamplesAsync("{job=\"self\"}[10m]", Later(), cancellation);
            }
            while (first.Count < 200 || first.Values.Max(static samples => samples.Length) < 3);

            Assert.Throws<DataFolderException>(() => TestTsdb.Open(folder));
            prometheus.Stop(kill);
        }

        using (TestTsdb test = TestTsdb.Open(folder))
        {
            SortedDictionary<string, Sample[]> ours = test.ReadAll();
            foreach ((string labels, Sample[] samples) in first)
            {
                SampleSequences.AssertSame(samples, ours[labels][..samples.Length]);
            }

            SeriesRef up = test.Db.GetOrAdd(TestTsdb.Name("m_ours"));
            Assert.Equal(AppendResult.Appended, test.Append(up, test.Db.GetMetrics().MaxTime + 1, 42));
        }

        using RealPrometheus again = await RealPrometheus.StartAsync(configuration, folder.Path, scrapeItself: false, cancellation);
        Dictionary<string, Sample[]> last = await again.SamplesAsync("{__name__!=\"\"}[10m]", Later(), cancellation);
        Assert.Equal(42, last["{__name__=\"m_ours\"}"].Single().Value);
        foreach ((string labels, Sample[] samples) in first)
        {
            SampleSequences.AssertSame(samples, last[labels][..samples.Length]);
        }
    }

    private static long Later() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 60_000;

    private static Labels LabelsOf(int index) => TestTsdb.Name("m" + (index % 7), "pod", "pod-ä-" + index);

    private void Fill(TestTsdb test, int series, int steps)
    {
        var random = new Random(5);
        var references = new SeriesRef[series];
        for (int i = 0; i < series; i++)
        {
            references[i] = test.Db.GetOrAdd(LabelsOf(i));
        }

        var batch = new SampleBatch();
        for (int step = 0; step < steps; step++)
        {
            batch.Clear();
            foreach (SeriesRef reference in references)
            {
                long late = random.Next(30) == 0 ? random.Next(50) : 0;
                batch.Add(reference, _now - ((steps - step) * 20_000L) + late, random.Next(3) == 0 ? random.NextDouble() * step : step);
            }

            Assert.Equal(series, test.Db.Append(batch).Appended);
        }
    }
}
