using Pharos.Storage.Native;

namespace Pharos.Storage.Tests.Native;

public unsafe class PagedArenaTests
{
    [Fact]
    public void Items_keep_their_content_until_they_are_freed()
    {
        using var arena = new PagedArena("test", 1L << 30);
        var random = new Random(1);
        var items = new Dictionary<uint, (int Length, byte Mark)>();
        for (int step = 0; step < 60_000; step++)
        {
            if (random.Next(100) < 60 || items.Count == 0)
            {
                int length = 1 + random.Next(random.Next(20) == 0 ? 20_000 : 300);
                uint unit = arena.Allocate(length);
                Assert.NotEqual(0u, unit);
                new Span<byte>(arena.At(unit), length).Fill((byte)step);
                items.Add(unit, (length, (byte)step));
            }
            else
            {
                (uint unit, (int length, byte mark)) = items.First();
                Assert.True(new ReadOnlySpan<byte>(arena.At(unit), length).IndexOfAnyExcept(mark) < 0);
                items.Remove(unit);
                arena.Free(unit, length);
            }
        }

        Assert.Equal(items.Values.Sum(static item => (item.Length + 7) & ~7), arena.LiveBytes);
        foreach ((uint unit, (int length, _)) in items)
        {
            arena.Free(unit, length);
        }

        Assert.Equal(0, arena.LiveBytes);
        Assert.InRange(arena.HeldBytes, 0, 1 << 20);
    }

    [Fact]
    public void Whole_pages_go_by_time_and_not_twice()
    {
        using var arena = new PagedArena("test", 1L << 30);
        for (int i = 0; i < 5000; i++)
        {
            arena.NoteTime(arena.Allocate(1000), i);
        }

        var pages = new List<int>();
        long items = arena.TakePagesBefore(3000, pages);
        Assert.Equal(2, pages.Count);
        Assert.InRange(items, 2 * 1040, 2 * 1050);
        Assert.Equal(5000 - items, arena.NotedItems);
        Assert.Equal(0, arena.TakePagesBefore(3000, pages));
        long held = arena.HeldBytes;
        pages.ForEach(arena.FreePage);
        Assert.Equal(held - (2 << 20), arena.HeldBytes);
        Assert.Equal(0, *arena.At(100));
        for (int i = 0; i < 3000; i++)
        {
            arena.NoteTime(arena.Allocate(1000), 9000);
        }

        Assert.InRange(arena.HeldBytes, held + 900_000, held + 1_100_000);
    }

    [Fact]
    public void An_item_longer_than_a_page_is_refused()
    {
        using var arena = new PagedArena("test", 1L << 30);
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.Allocate(1 << 20));
    }
}
