using Pharos.Testing;

namespace Pharos.Storage.Tests.Faults;

/// <summary>The life of a store, ended at each of the changes that it makes to its folder: by a kill, and by a power cut.</summary>
public sealed class StoppedAnywhereTests
{
    private const int Series = 7;
    private const long Begin = 1_700_000_000_000;
    private const long Minute = 60_000;

    [Fact]
    public void Killed_at_changes_to_its_folder_the_store_opens_with_all_that_it_acknowledged()
    {
        int changes = Live(int.MaxValue);
        var random = new Random(20261120);
        for (int i = 0; i < 60; i++)
        {
            Live(random.Next(changes));
        }
    }

    [Fact]
    [Trait("Kind", "Slow")]
    public void Killed_at_each_change_to_its_folder_the_store_opens_with_all_that_it_acknowledged()
    {
        int changes = Live(int.MaxValue);
        for (int after = 0; after < changes; after++)
        {
            Live(after);
        }
    }

    [Fact]
    public void After_a_power_cut_at_any_moment_the_store_opens_with_all_that_it_acknowledged_on_disk()
    {
        using var folder = new TempFolder();
        var disk = new PowerCutFiles(folder.Path);
        var acknowledged = new Acknowledged(Series);
        int cuts = 0;
        Assert.True(TryLive(folder, disk, static options => options with { WalSyncInterval = TimeSpan.Zero }, acknowledged, () =>
        {
            using var after = new TempFolder();
            disk.Cut(after.Path);
            using var test = new TestTsdb(after, configure: static options => options with { HeadSnapshots = true });
            acknowledged.AssertAllIn(test);
            cuts++;
        }));
        Assert.True(cuts > 50, $"{cuts} power cuts");
    }

    // Returns how many changes were made.
    private static int Live(int stopAfter)
    {
        using var folder = new TempFolder();
        var disk = new FaultyFiles { StopAfter = stopAfter };
        var acknowledged = new Acknowledged(Series);
        bool isWhole = TryLive(folder, disk, static options => options, acknowledged);
        Assert.True(isWhole || stopAfter < int.MaxValue);
        using var again = new TestTsdb(folder, configure: static options => options with { HeadSnapshots = true });
        acknowledged.AssertAllIn(again);
        Assert.True(acknowledged.TryAppend(again.Db, acknowledged.Newest == long.MinValue ? Begin : acknowledged.Newest + Minute));
        return disk.Changes;
    }

    // False when the store gave up on its disk. The clock of samples runs six minutes a step, so that thirty steps make the head due.
    private static bool TryLive(
        TempFolder folder, Storage.Files.IStoreFiles disk, Func<TsdbOptions, TsdbOptions> configure, Acknowledged acknowledged, Action? afterEachStep = null)
    {
        TestTsdb? test = null;
        try
        {
            test = new TestTsdb(folder, disk, options => configure(options) with { WalSegmentBytes = 64 * 1024, HeadSnapshots = true, OutOfOrderWindow = TimeSpan.FromHours(3) });
            for (int step = 0; step < 80; step++)
            {
                if (!acknowledged.TryAppend(test.Db, Begin + (step * 6 * Minute)))
                {
                    return false;
                }

                if (step % 4 == 3 && !acknowledged.TryAppend(test.Db, Begin + (step * 6 * Minute) - (7 * Minute)))
                {
                    return false;
                }

                if (step % 9 == 8 && !acknowledged.TryDelete(test.Db, Begin + ((step - 4) * 6 * Minute), Begin + ((step - 2) * 6 * Minute)))
                {
                    return false;
                }

                if (step % 10 == 9)
                {
                    test.Db.Compact(CancellationToken.None);
                }

                if (step % 50 == 49)
                {
                    test.Db.CleanTombstones(CancellationToken.None);
                }

                if (step % 14 == 13)
                {
                    // Closed chunks go to their files, what nobody reads any more goes.
                    test.Clock.Advance(TimeSpan.FromMinutes(1));
                }

                if (step % 20 == 19)
                {
                    long minTime = Begin + ((step - 12) * 6 * Minute);
                    acknowledged.Drop(minTime);
                    test.Db.Truncate(minTime);
                }

                if (step % 25 == 24)
                {
                    test.Reopen();
                }

                afterEachStep?.Invoke();
            }

            return true;
        }
        catch (Exception e) when (e is IOException or Core.Contracts.StorageUnavailableException)
        {
            return false;
        }
        finally
        {
            test?.Dispose();
        }
    }
}
