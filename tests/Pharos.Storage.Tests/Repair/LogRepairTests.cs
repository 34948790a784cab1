using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Storage.Repair;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Repair;

public sealed class LogRepairTests : IDisposable
{
    private const int Series = 40;
    private const long Start = 1_795_132_800_000;
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_whole_folder_is_left_as_it_is()
    {
        Fill(steps: 300, truncate: true);
        Dictionary<string, byte[]> before = Snapshot();
        Assert.Empty(Run());
        Assert.Equal(before.Keys, Snapshot().Keys);
    }

    [Fact]
    public void A_record_torn_at_the_end_is_left_to_opening()
    {
        Fill(steps: 50);
        string last = Segments()[^1];
        File.WriteAllBytes(last, File.ReadAllBytes(last)[..^5]);
        Assert.Empty(Run());
        using TestTsdb opened = TestTsdb.Open(_folder);
        Assert.Equal(Series, opened.ReadAll().Count);
    }

    [Fact]
    public void One_flipped_bit_costs_no_more_than_its_page_and_a_record_on_either_side()
    {
        SortedDictionary<string, Sample[]> written = Fill(steps: 900);
        Directory.Delete(_folder.File("chunks_head"), recursive: true); // they have most of it too
        string damaged = Segments()[2];
        Flip(damaged, (new FileInfo(damaged).Length / 2) + 1000);
        Assert.Throws<CorruptionException>(() => TestTsdb.Open(_folder));

        RepairFinding finding = Assert.Single(Run());
        Assert.Equal("wal/00000002", finding.File);
        Assert.StartsWith("checksum ", finding.Damage, StringComparison.Ordinal);
        Assert.Contains("the damaged segment goes to repair-", finding.Remedy, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.Path, finding.Remedy.Split(' ')[^1])));
        Assert.Empty(Run());
        int lost = AssertSubset(written);
        Assert.InRange(lost, 1, 8000);
    }

    [Fact]
    public void A_missing_segment_costs_its_samples_and_not_those_behind_it()
    {
        SortedDictionary<string, Sample[]> written = Fill(steps: 900);
        File.Delete(Segments()[2]);
        RepairFinding finding = Assert.Single(Run());
        Assert.Equal(("wal/00000002", "the segment is missing"), (finding.File, finding.Damage));
        AssertSubset(written);
        using TestTsdb opened = TestTsdb.Open(_folder);
        Assert.Equal(written.Values.Max(static s => s[^1].Timestamp), opened.Db.GetMetrics().MaxTime);
    }

    [Fact]
    public void A_damaged_checkpoint_is_written_anew()
    {
        SortedDictionary<string, Sample[]> written = Fill(steps: 900, truncate: true);
        string checkpoint = Directory.GetDirectories(_folder.File("wal"), "checkpoint.*").Single();
        Flip(Path.Combine(checkpoint, "00000000"), 10);
        RepairFinding finding = Assert.Single(Run());
        Assert.StartsWith("wal/checkpoint.", finding.File, StringComparison.Ordinal);
        AssertSubset(written);
    }

    [Fact]
    public void A_dry_run_changes_nothing_and_says_the_same()
    {
        Fill(steps: 900);
        Flip(Segments()[1], 40_000);
        File.Delete(Segments()[3]);
        Dictionary<string, byte[]> before = Snapshot();
        IReadOnlyList<RepairFinding> planned = FolderRepair.Run(_folder.Path, isDryRun: true, _clock, TestContext.Current.CancellationToken);
        Dictionary<string, byte[]> after = Snapshot();
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(before, pair => Assert.Equal(pair.Value, after[pair.Key]));
        Assert.Equal(planned.Select(static f => (f.File, f.Offset, f.Damage)), Run().Select(static f => (f.File, f.Offset, f.Damage)));
    }

    [Fact]
    public void Head_chunks_that_cannot_be_opened_are_set_aside_and_nothing_is_lost()
    {
        SortedDictionary<string, Sample[]> written = Fill(steps: 900);
        string chunks = _folder.File("chunks_head");
        Directory.CreateDirectory(chunks);
        File.WriteAllText(Path.Combine(chunks, "000007"), "no chunks");
        RepairFinding finding = Run().First(static f => f.File.StartsWith("chunks_head", StringComparison.Ordinal));
        Assert.Contains("nothing is lost", finding.Remedy, StringComparison.Ordinal);
        Assert.Equal(0, AssertSubset(written));
    }

    [Fact]
    public void A_folder_that_somebody_holds_is_refused()
    {
        using TestTsdb held = TestTsdb.Open(_folder);
        DataFolderException refused = Assert.Throws<DataFolderException>(() => Run());
        Assert.Contains("is held by another process", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_damaged_the_folder_opens_afterwards_and_holds_nothing_that_was_not_written(int seed)
    {
        SortedDictionary<string, Sample[]> written = Fill(steps: 300, truncate: seed == 2);
        Dictionary<string, byte[]> whole = Snapshot();
        var random = new Random(seed);
        for (int round = 0; round < 25; round++)
        {
            Restore(whole);
            string[] files = Directory.GetFiles(_folder.File("wal"), "0*", SearchOption.AllDirectories);
            for (int damage = random.Next(1, 6); damage > 0; damage--)
            {
                Damage(files[random.Next(files.Length)], random);
            }

            Run();
            Assert.Empty(Run());
            AssertSubset(written);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void Damage(string path, Random random)
    {
        if (!File.Exists(path))
        {
            return;
        }

        byte[] bytes = File.ReadAllBytes(path);
        switch (bytes.Length == 0 ? 3 : random.Next(5))
        {
            case 0:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes = bytes[..random.Next(bytes.Length)];
                break;
            case 2:
                bytes.AsSpan(random.Next(bytes.Length)).Clear();
                break;
            case 3:
                File.Delete(path);
                return;
            default:
                random.NextBytes(bytes.AsSpan(random.Next(bytes.Length), 1));
                break;
        }

        File.WriteAllBytes(path, bytes);
    }

    private static void Flip(string path, long offset)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[offset] ^= 4;
        File.WriteAllBytes(path, bytes);
    }

    private IReadOnlyList<RepairFinding> Run()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return FolderRepair.Run(_folder.Path, isDryRun: false, _clock, TestContext.Current.CancellationToken);
    }

    private List<string> Segments() => [.. Directory.GetFiles(_folder.File("wal"), "0*").Order(StringComparer.Ordinal)];

    private Dictionary<string, byte[]> Snapshot() => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .ToDictionary(static path => path, File.ReadAllBytes, StringComparer.Ordinal);

    private void Restore(Dictionary<string, byte[]> files)
    {
        foreach (string directory in Directory.GetDirectories(_folder.Path))
        {
            Directory.Delete(directory, recursive: true);
        }

        foreach ((string path, byte[] bytes) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
    }

    // Everything there was written; returns how many samples are not there.
    private int AssertSubset(SortedDictionary<string, Sample[]> written)
    {
        using var copy = new TempFolder();
        foreach (string path in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy.Path, Path.GetRelativePath(_folder.Path, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        using TestTsdb opened = TestTsdb.Open(copy);
        SortedDictionary<string, Sample[]> read = opened.ReadAll();
        int lost = written.Sum(static pair => pair.Value.Length);
        foreach ((string labels, Sample[] samples) in read)
        {
            var expected = written[labels].ToDictionary(static s => s.Timestamp, static s => s.Value);
            Assert.All(samples, sample => Assert.Equal(expected[sample.Timestamp], sample.Value));
            lost -= samples.Length;
        }

        return lost;
    }

    private SortedDictionary<string, Sample[]> Fill(int steps, bool truncate = false)
    {
        using var test = new TestTsdb(_folder, configure: static options => options with { WalSegmentBytes = 64 * 1024 });
        var random = new Random(steps);
        var batch = new SampleBatch();
        for (int step = 0; step < steps; step++)
        {
            batch.Clear();
            for (int i = 0; i < Series; i++)
            {
                batch.Add(test.Db.GetOrAdd(TestTsdb.Name("m", "pod", "p" + i)), Start + (step * 15_000), random.NextDouble());
            }

            test.Db.Append(batch);
        }

        // What retention drops may come back when the log is mended: it was written all the same.
        SortedDictionary<string, Sample[]> written = test.ReadAll();
        if (truncate)
        {
            test.Db.Truncate(Start + (steps / 2 * 15_000));
        }

        return written;
    }
}
