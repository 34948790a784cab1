using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage.Snapshots;
using Pharos.Storage.Tests.HeadChunks;
using Pharos.Storage.Wal;
using Pharos.Testing;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.Snapshots;

/// <summary>The head written as a snapshot, and what a start makes of it.</summary>
public class HeadSnapshotTests
{
    private const long Start = 1_699_999_200_000;

    [Fact]
    public void A_start_reads_the_snapshot_and_only_the_log_after_it()
    {
        using var folder = new TempFolder();
        using TestTsdb test = Open(folder);
        Fill(test, 40, 0, 333);
        SeriesRef empty = test.Db.GetOrAdd(TestTsdb.Name("no-sample-yet"));
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        test.Reopen();
        Assert.Equal(before, test.ReadAll());
        Assert.Contains("log read: 0 samples of 41 series in 1 segments", test.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Equal(empty, test.Db.GetOrAdd(TestTsdb.Name("no-sample-yet")));
        Fill(test, 45, 333, 300);
        before = test.ReadAll();
        test.Reopen();
        Assert.Equal(before, test.ReadAll());
        Assert.Single(Directory.GetDirectories(folder.Path, "chunk_snapshot.*"));
    }

    [Fact]
    public void Chunks_go_on_as_if_nothing_had_been()
    {
        using var folder = new TempFolder();
        using var other = new TempFolder();
        using TestTsdb test = Open(folder);
        using TestTsdb plain = TestTsdb.Open(other);
        var random = new Random(7);
        for (int round = 0; round < 12; round++)
        {
            int seed = random.Next();
            int steps = 1 + random.Next(90);
            FillRandom(test, seed, steps);
            FillRandom(plain, seed, steps);
            test.Reopen();
        }

        Assert.Equal(plain.ReadAll(), test.ReadAll());
        plain.Reopen();
        Assert.Equal(File.ReadAllBytes(other.File("chunks_head/000001")), File.ReadAllBytes(folder.File("chunks_head/000001")));
    }

    [Fact]
    public void A_kill_some_time_after_a_snapshot_loses_nothing()
    {
        using var folder = new TempFolder();
        using var test = new TestTsdb(configure: static options => options with { HeadSnapshots = true, WalCompression = WalCompression.None });
        int step = 0;
        while (Directory.GetDirectories(test.Options.Folder, "chunk_snapshot.*").Length == 0)
        {
            Fill(test, 1000, step, 100);
            step += 100;
            test.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Fill(test, 1010, step, 250);
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        Fill(test, 1010, step + 250, 20);
        HeadChunkFileTests.Copy(test.Options.Folder, folder.Path);
        using TestTsdb again = Open(folder);
        Assert.Equal(test.ReadAll(), again.ReadAll());
        Assert.Contains("1000 series of a snapshot", again.Messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshots_beside_writers_and_new_series_leave_nothing_out()
    {
        for (int round = 0; round < 10; round++)
        {
            using var test = new TestTsdb(configure: static options => options with { HeadSnapshots = true, WalSegmentBytes = 1 << 20 });
            using var done = new CancellationTokenSource();
            Task[] writers = [.. Enumerable.Range(0, 2).Select(writer => Task.Factory.StartNew(() => WriteUntil(test, writer, done.Token), TaskCreationOptions.LongRunning))];
            Assert.True(SpinWait.SpinUntil(() => test.Db.GetMetrics().Series > 20, TimeSpan.FromMinutes(1)));
            for (int i = 0; i < 5; i++)
            {
                test.Db.SnapshotHead();
            }

            await done.CancelAsync();
            await Task.WhenAll(writers);
            using var folder = new TempFolder();
            HeadChunkFileTests.Copy(test.Options.Folder, folder.Path);
            using TestTsdb again = Open(folder);
            Assert.DoesNotContain(" 0 series of a snapshot", again.Messages[^1].Text, StringComparison.Ordinal);
            Assert.DoesNotContain(again.Messages, static message => message.Severity != TsdbSeverity.Information);
            Assert.Equal(test.ReadAll(), again.ReadAll());
        }
    }

    // A new series with its first sample each time, and a sample for each of the others now and then.
    private static void WriteUntil(TestTsdb test, int writer, CancellationToken stop)
    {
        var batch = new SampleBatch();
        for (int i = 0; i < 20 || !stop.IsCancellationRequested; i++)
        {
            batch.Clear();
            for (int k = i % 50 == 0 ? 0 : i; k <= i; k++)
            {
                batch.Add(test.Db.GetOrAdd(TestTsdb.Name("w" + writer, "i", k.ToString(System.Globalization.CultureInfo.InvariantCulture))), Start + i, i);
            }

            test.Db.Append(batch);
        }
    }

    [Fact]
    public void Exemplars_metadata_deletions_and_late_samples_are_there_again()
    {
        using var folder = new TempFolder();
        using var test = new TestTsdb(folder, configure: static options => options with
        {
            HeadSnapshots = true,
            MaxExemplars = 100,
            KeepMetadata = true,
            OutOfOrderWindow = TimeSpan.FromHours(1),
        });
        Fill(test, 3, 0, 100);
        SeriesRef first = test.Db.GetOrAdd(NameOf(0));
        test.Db.AppendExemplars([new SeriesExemplar(first, new Exemplar(Labels.Of("trace", "abc"), 3, Start + 1, true))]);
        test.Db.AppendMetadata([new SeriesMetadata(first, MetricType.Counter, "seconds", "what it is")]);
        test.Db.Delete([new Matcher(MatchType.Equal, "i", "1")], Start + 100_000, Start + 500_000);
        Assert.Equal(AppendResult.Appended, test.Append(NameOf(2), Start + 1234, 77));
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        for (int round = 0; round < 2; round++)
        {
            test.Reopen();
            Assert.Equal(before, test.ReadAll());
            Assert.Equal("abc", test.Db.SelectExemplars([[]], long.MinValue, long.MaxValue, CancellationToken.None)[0].Exemplars[0].Labels.AsSpan()[0].Value);
            Assert.True(test.Db.TryGetMetadata(first, out SeriesMetadata metadata));
            Assert.Equal((MetricType.Counter, "seconds", "what it is"), (metadata.Type, metadata.Unit, metadata.Help));
        }
    }

    [Fact]
    public void A_snapshot_with_any_damage_is_left_for_the_log()
    {
        using var source = new TempFolder();
        SortedDictionary<string, Sample[]> before;
        using (TestTsdb test = Open(source))
        {
            Fill(test, 2, 0, 150);
            before = test.ReadAll();
        }

        string snapshot = Path.GetFileName(Directory.GetDirectories(source.Path, "chunk_snapshot.*").Single());
        foreach (string name in (string[])["00000000", "pharos/00000000"])
        {
            byte[] whole = File.ReadAllBytes(source.File(snapshot + "/" + name));
            for (int at = 0; at < whole.Length; at += 7)
            {
                byte[] flipped = [.. whole];
                flipped[at] ^= (byte)(1 << (at % 8));
                using var folder = new TempFolder();
                HeadChunkFileTests.Copy(source.Path, folder.Path);
                File.WriteAllBytes(folder.File(snapshot + "/" + name), at % 2 == 0 ? whole[..at] : flipped);
                using TestTsdb test = Open(folder);
                Assert.Equal(before, test.ReadAll());
            }
        }
    }

    [Fact]
    public void A_snapshot_of_another_log_or_of_other_chunks_is_not_used()
    {
        using var source = new TempFolder();
        using (TestTsdb test = Open(source))
        {
            Fill(test, 5, 0, 300);
        }

        string segment = SnapshotFolders.List(source.Path).Single() switch { int number => WalSegments.Path("wal", number - 1) };
        foreach (int kind in (int[])[0, 1, 2, 3])
        {
            using var folder = new TempFolder();
            HeadChunkFileTests.Copy(source.Path, folder.Path);
            if (kind == 0)
            {
                // The same length, another content: a log of another life.
                byte[] log = File.ReadAllBytes(folder.File(segment));
                log.AsSpan().Clear();
                File.WriteAllBytes(folder.File(segment), log);
            }
            else if (kind == 1)
            {
                Directory.Delete(folder.File("wal"), recursive: true);
            }
            else if (kind == 2)
            {
                Directory.Delete(folder.File("chunks_head"), recursive: true);
            }
            else
            {
                using FileStream file = File.OpenWrite(folder.File("chunks_head/000001"));
                file.SetLength(file.Length - 1);
            }

            using TestTsdb test = Open(folder);
            Assert.Equal(kind < 2 ? 0 : 5 * 300, test.ReadAll().Values.Sum(static samples => samples.Length));
        }
    }

    [Fact]
    public void A_disk_that_refuses_chunks_gets_no_snapshot_that_leaves_them_out()
    {
        using var folder = new TempFolder();
        var disk = new ChunkDisk { Room = 100 };
        SortedDictionary<string, Sample[]> before;
        using (var test = new TestTsdb(folder, disk, static options => options with { HeadSnapshots = true }))
        {
            Fill(test, 5, 0, 300);
            before = test.ReadAll();
        }

        Assert.Empty(Directory.GetDirectories(folder.Path, "chunk_snapshot.*"));
        using TestTsdb again = Open(folder);
        Assert.Equal(before, again.ReadAll());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Prometheus_reads_the_folder_with_and_without_its_feature_and_we_read_it_afterwards(bool feature, bool kill)
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000 * 1000;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        SortedDictionary<string, Sample[]> written;
        using (TestTsdb test = Open(folder))
        {
            FillUpTo(test, now, 50, 400);
            test.Reopen();
            test.Append(TestTsdb.Name("m_late"), now, 5);
            written = test.ReadAll();
        }

        using (RealPrometheus prometheus = await RealPrometheus.StartAsync(
            configuration, folder.Path, scrapeItself: true, cancellation, feature ? ["--enable-feature=memory-snapshot-on-shutdown"] : []))
        {
            Dictionary<string, Sample[]> read = await prometheus.SamplesAsync("{__name__=~\"m.*\"}[3h]", now, cancellation);
            AssertSame(written, read);
            while ((await prometheus.SamplesAsync("up[10m]", now + 600_000, cancellation)).Count == 0)
            {
                await Task.Delay(100, cancellation);
            }

            prometheus.Stop(kill);
        }

        using TestTsdb again = Open(folder);
        AssertSame(written, again.Read(long.MinValue, long.MaxValue, new Matcher(MatchType.Match, "__name__", "m.*")));
        Assert.NotEmpty(again.Read(long.MinValue, long.MaxValue, new Matcher(MatchType.Equal, "__name__", "up")));
    }

    private static void AssertSame(IReadOnlyDictionary<string, Sample[]> expected, IReadOnlyDictionary<string, Sample[]> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach ((string labels, Sample[] samples) in expected)
        {
            SampleSequences.AssertSame(samples, actual[labels]);
        }
    }

    private static TestTsdb Open(TempFolder folder) => new(folder, configure: static options => options with { HeadSnapshots = true });

    private static Labels NameOf(int index) => TestTsdb.Name("m", "i", index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static void Fill(TestTsdb test, int series, int from, int steps)
    {
        var batch = new SampleBatch();
        for (int step = from; step < from + steps; step++)
        {
            batch.Clear();
            for (int i = 0; i < series; i++)
            {
                batch.Add(test.Db.GetOrAdd(NameOf(i)), Start + (step * 15_000L), i % 3 == 0 ? 7 : step * (i + 0.1));
            }

            Assert.Equal(series, test.Db.Append(batch).Appended);
        }
    }

    private static void FillUpTo(TestTsdb test, long now, int series, int steps)
    {
        var batch = new SampleBatch();
        for (int step = 0; step < steps; step++)
        {
            batch.Clear();
            for (int i = 0; i < series; i++)
            {
                batch.Add(test.Db.GetOrAdd(NameOf(i)), now - ((steps - step) * 20_000L), i % 3 == 0 ? 7 : step * (i + 0.1));
            }

            Assert.Equal(series, test.Db.Append(batch).Appended);
        }
    }

    private static void FillRandom(TestTsdb test, int seed, int steps)
    {
        var random = new Random(seed);
        long time = Math.Max(Start, test.Db.GetMetrics().MaxTime);
        var batch = new SampleBatch();
        for (int step = 0; step < steps; step++)
        {
            time += random.Next(10) == 0 ? random.Next(1, 2_000_000) : 15_000;
            batch.Clear();
            for (int i = 0; i < 12; i++)
            {
                double value = (i % 4) switch { 0 => 1, 1 => step, 2 => random.NextDouble(), _ => random.Next(3) };
                if (i < 4 || random.Next(8) > 0)
                {
                    batch.Add(test.Db.GetOrAdd(NameOf(i)), time, value);
                }
            }

            test.Db.Append(batch);
        }
    }
}
