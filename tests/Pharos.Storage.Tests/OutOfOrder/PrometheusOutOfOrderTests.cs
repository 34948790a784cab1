using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Testing;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.OutOfOrder;

/// <summary>Late samples and deletions in a folder that the real Prometheus and this store take in turn.</summary>
public class PrometheusOutOfOrderTests
{
    private const int Series = 12;
    private const int ChunkRange = 7_200_000;
    private const int Span = 1_600_000;

    // So that the samples in order lie within one chunk range. Prometheus 3.5 shows deleted late samples again when it starts on mapped chunks, its own too.
    private static readonly long Now = AwayFromBegin(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000 * 1000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_Prometheus_took_late_is_read_and_given_back_with_more(bool kill)
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        Dictionary<string, Sample[]> first;
        using (RealPrometheus prometheus = await RealPrometheus.StartToWriteAsync(configuration, folder.Path, "5h", cancellation))
        {
            var random = new Random(7);
            for (int i = 0; i < Series; i++)
            {
                await prometheus.WriteAsync(LabelsOf(i), InOrder(), cancellation);
                await prometheus.WriteAsync(LabelsOf(i), Late(random, 130), cancellation);
            }

            await prometheus.WriteAsync(TestTsdb.Name("only_late"), Late(random, 40), cancellation);
            first = await ReadAsync(prometheus, cancellation);
            prometheus.Stop(kill);
        }

        Assert.Equal(Series + 1, first.Count);
        SortedDictionary<string, Sample[]> ours;
        using (TestTsdb test = Open(folder))
        {
            AssertSame(first, test.ReadAll());
            AppendLate(test, new Random(8), 100);
            ours = test.ReadAll();
            test.Reopen();
            AssertSame(ours, test.ReadAll());
        }

        using RealPrometheus again = await RealPrometheus.StartToWriteAsync(configuration, folder.Path, "5h", cancellation);
        AssertSame(ours, await ReadAsync(again, cancellation));
    }

    [Fact]
    public async Task Prometheus_takes_over_what_was_written_late_and_deleted_here()
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        SortedDictionary<string, Sample[]> written;
        using (TestTsdb test = Open(folder))
        {
            for (int i = 0; i < Series; i++)
            {
                foreach (Sample sample in InOrder())
                {
                    test.Append(LabelsOf(i), sample.Timestamp, sample.Value);
                }
            }

            AppendLate(test, new Random(9), 100);
            test.Db.Delete([new Matcher(MatchType.Equal, "__name__", "m0")], Now - 600_000, Now - 300_000);
            test.Db.Delete([new Matcher(MatchType.Equal, "pod", "p1")], long.MinValue, long.MaxValue);
            test.Db.Delete([new Matcher(MatchType.Equal, "pod", "p5")], Now - 9_000_000, Now - 5_000_000);
            written = test.ReadAll();
        }

        using RealPrometheus prometheus = await RealPrometheus.StartToWriteAsync(configuration, folder.Path, "5h", cancellation);
        AssertSame(written, await ReadAsync(prometheus, cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_Prometheus_deleted_is_deleted_here_and_after_it_goes_back(bool kill)
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        Dictionary<string, Sample[]> first;
        using (RealPrometheus prometheus = await RealPrometheus.StartToWriteAsync(configuration, folder.Path, "5h", cancellation))
        {
            var random = new Random(7);
            for (int i = 0; i < Series; i++)
            {
                await prometheus.WriteAsync(LabelsOf(i), InOrder(), cancellation);
                await prometheus.WriteAsync(LabelsOf(i), Late(random, 50), cancellation);
            }

            await prometheus.DeleteAsync("m0", Now - 600_000, Now - 300_000, cancellation);
            await prometheus.DeleteAsync("{pod=\"p1\"}", Now - 86_400_000, Now + 86_400_000, cancellation);
            first = await ReadAsync(prometheus, cancellation);
            prometheus.Stop(kill);
        }

        SortedDictionary<string, Sample[]> ours;
        using (TestTsdb test = Open(folder))
        {
            AssertSame(first, test.ReadAll());
            test.Db.Delete([new Matcher(MatchType.Equal, "pod", "p2")], Now - 400_000, Now - 100_000);
            ours = test.ReadAll();
            Assert.NotEqual(first[LabelsOf(2).ToString()].Length, ours[LabelsOf(2).ToString()].Length);
            test.Reopen();
            AssertSame(ours, test.ReadAll());
        }

        using RealPrometheus again = await RealPrometheus.StartToWriteAsync(configuration, folder.Path, "5h", cancellation);
        AssertSame(ours, await ReadAsync(again, cancellation));
    }

    private static long AwayFromBegin(long now) => now % ChunkRange < Span ? now - Span : now;

    private static TestTsdb Open(TempFolder folder) => new(folder, configure: static options => options with { OutOfOrderWindow = TimeSpan.FromHours(5) });

    private static Labels LabelsOf(int series) => TestTsdb.Name("m" + (series % 3), "pod", "p" + series);

    private static Sample[] InOrder() => [.. Enumerable.Range(0, 100).Select(static i => new Sample(Now - ((100 - i) * 15_000L), i))];

    // At times that no other sample has.
    private static Sample[] Late(Random random, int count)
    {
        Sample[] samples = [.. Enumerable.Range(0, count).Select(i => new Sample(Now - 7000 - (i * 120_000L), random.Next(100)))];
        random.Shuffle(samples);
        return samples;
    }

    private static void AppendLate(TestTsdb test, Random random, int count)
    {
        for (int i = 0; i < Series; i++)
        {
            SeriesRef series = test.Db.GetOrAdd(LabelsOf(i));
            foreach (Sample sample in Late(random, count))
            {
                Assert.Equal(AppendResult.Appended, test.Append(series, sample.Timestamp - 50_000, sample.Value));
            }
        }
    }

    private static Task<Dictionary<string, Sample[]>> ReadAsync(RealPrometheus prometheus, CancellationToken cancellation) =>
        prometheus.SamplesAsync("{__name__=~\"m.*|only_late\"}[1d]", Now + 60_000, cancellation);

    private static void AssertSame(IDictionary<string, Sample[]> expected, IDictionary<string, Sample[]> actual)
    {
        foreach (string labels in expected.Keys.Union(actual.Keys))
        {
            SampleSequences.AssertSame(expected.TryGetValue(labels, out Sample[]? samples) ? samples : [], actual.TryGetValue(labels, out Sample[]? others) ? others : []);
        }
    }
}
