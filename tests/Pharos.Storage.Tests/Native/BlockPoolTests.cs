using Pharos.Storage.Native;

namespace Pharos.Storage.Tests.Native;

public unsafe class BlockPoolTests
{
    [Fact]
    public void No_block_is_given_out_twice_and_free_pages_give_memory_back()
    {
        using var pool = new BlockPool(1L << 30);
        var random = new Random(1);
        var used = new Dictionary<uint, ulong>();
        for (int step = 0; step < 200_000; step++)
        {
            bool growing = step / 20_000 % 2 == 0;
            if (random.Next(10) < (growing ? 8 : 2) || used.Count == 0)
            {
                uint block = pool.Allocate();
                Assert.NotEqual(0u, block);
                Assert.True(used.TryAdd(block, (ulong)step));
                pool.At(block)[0] = (ulong)step;
                pool.At(block)[7] = ~(ulong)step;
            }
            else
            {
                (uint block, ulong mark) = used.First();
                Assert.Equal((mark, ~mark), (pool.At(block)[0], pool.At(block)[7]));
                used.Remove(block);
                pool.Free(block);
            }

            if (step % 7000 == 0)
            {
                ReleaseFreePages(pool, random.Next(3));
            }
        }

        Assert.Equal(used.Count, pool.Used);
        foreach ((uint block, ulong mark) in used)
        {
            Assert.Equal(mark, pool.At(block)[0]);
            pool.Free(block);
        }

        long held = pool.HeldBytes;
        ReleaseFreePages(pool, 0);
        Assert.Equal(0, pool.Used);
        Assert.True(pool.HeldBytes < held / 10, $"{pool.HeldBytes} of {held}");
    }

    private static void ReleaseFreePages(BlockPool pool, int kept)
    {
        List<uint> pages = pool.TakeFreePages(kept);
        pool.ReleaseTaken(pages);
        pool.AddReleased(pages);
    }

    [Fact]
    public void A_region_that_is_refused_is_tried_smaller()
    {
        var region = new NativeRegion(1L << 60, 1L << 20);
        Assert.InRange(region.Size, 1L << 20, 1L << 50);
        region.Start[region.Size - 1] = 7;
        region.ReleaseAll();
        Assert.Equal(0, region.Start[region.Size - 1]);
    }
}
