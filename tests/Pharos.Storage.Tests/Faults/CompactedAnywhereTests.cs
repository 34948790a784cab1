using Pharos.Core.Contracts;
using Pharos.Storage.Files;
using Pharos.Storage.Tests.Compaction;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Faults;

/// <summary>The life of a store whose head becomes blocks and whose blocks become larger ones, ended at each of the changes that it makes to its folder.</summary>
public sealed class CompactedAnywhereTests
{
    private const int Series = 5;
    private const long Begin = 1_700_000_000_000 / 10_800_000 * 10_800_000;
    private const long Step = 10 * 60_000;
    private const int Steps = 40;

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(34)]
    public void Killed_at_some_changes_while_it_compacts_the_store_opens_with_all_that_it_acknowledged(int first) => KillEach(first, step: 51);

    [Fact]
    [Trait("Kind", "Slow")]
    public void Killed_at_any_change_while_it_compacts_the_store_opens_with_all_that_it_acknowledged() => KillEach(first: 0, step: 1);

    [Fact]
    public void After_a_power_cut_at_any_moment_of_compaction_the_store_opens_with_all_that_it_acknowledged_on_disk()
    {
        using var folder = new TempFolder();
        var disk = new PowerCutFiles(folder.Path);
        var acknowledged = new Acknowledged(Series);
        int cuts = 0;
        Assert.True(TryLive(folder, disk, acknowledged, TimeSpan.Zero, () =>
        {
            using var after = new TempFolder();
            disk.Cut(after.Path);
            using TestTsdb test = TestTsdb.Open(after);
            acknowledged.AssertAllIn(test);
            cuts++;
        }));
        Assert.Equal(Steps, cuts);
    }

    private static void KillEach(int first, int step)
    {
        int stops = 0;
        for (int after = first; ; after += step)
        {
            using var folder = new TempFolder();
            var disk = new FaultyFiles { StopAfter = after };
            var acknowledged = new Acknowledged(Series);
            bool isStopped = !TryLive(folder, disk, acknowledged, TimeSpan.FromMinutes(1)) || disk.Changes > after;
            using TestTsdb again = TestTsdb.Open(folder);
            acknowledged.AssertAllIn(again);

            // What was left undone is done.
            again.Db.Compact(TestContext.Current.CancellationToken);
            acknowledged.AssertAllIn(again);
            Assert.DoesNotContain(Directory.GetDirectories(folder.Path), static path => Path.GetFileName(path).Contains(".tmp", StringComparison.Ordinal));
            if (!isStopped)
            {
                Assert.InRange(BlockFiles.Folders(folder.Path).Count, 1, 4);
                break;
            }

            stops++;
        }

        Assert.InRange(stops, 100 / step, 5000);
    }

    // Blocks of one hour and of three. False when the store gave up on its disk.
    private static bool TryLive(TempFolder folder, IStoreFiles disk, Acknowledged acknowledged, TimeSpan syncInterval, Action? afterEachStep = null)
    {
        TestTsdb? test = null;
        try
        {
            test = new TestTsdb(folder, disk, options => options with
            {
                WalSegmentBytes = 64 * 1024,
                WalSyncInterval = syncInterval,
                OutOfOrderWindow = TimeSpan.FromHours(1),
                MinBlockDuration = TimeSpan.FromHours(1),
                MaxBlockDuration = TimeSpan.FromHours(3),
            });
            for (int step = 0; step < Steps; step++)
            {
                if (!acknowledged.TryAppend(test.Db, Begin + (step * Step)))
                {
                    return false;
                }

                if (step % 8 == 5 && !acknowledged.TryAppend(test.Db, Begin + (step * Step) - (Step / 2) - (3 * Step)))
                {
                    return false;
                }

                if (step % 13 == 12 && !acknowledged.TryDelete(test.Db, Begin + ((step - 4) * Step), Begin + ((step - 2) * Step)))
                {
                    return false;
                }

                if (step % 7 == 6)
                {
                    test.Db.Compact(TestContext.Current.CancellationToken);
                }

                afterEachStep?.Invoke();
            }

            return true;
        }
        catch (Exception e) when (e is IOException or StorageUnavailableException)
        {
            return false;
        }
        finally
        {
            test?.Dispose();
        }
    }
}
