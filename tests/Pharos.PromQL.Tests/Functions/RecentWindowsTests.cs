using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

public sealed class RecentWindowsTests
{
    private static readonly StepTimes Times = new(1000, 1000, 16);

    [Fact]
    public void Lists_that_alternate_are_found_again()
    {
        var recent = new RecentWindows(Times.Count);
        WindowBounds[] first = [.. Enumerable.Range(0, RecentWindows.Places).Select(offset => recent.Find(List(offset), Times, 5000))];
        int[] versions = [.. first.Select(static w => w.Version)];

        for (int round = 0; round < 3; round++)
        {
            for (int offset = 0; offset < RecentWindows.Places; offset++)
            {
                Assert.Same(first[offset], recent.Find(List(offset), Times, 5000));
            }
        }

        Assert.Equal(versions, first.Select(static w => w.Version));
        Assert.Equal(Enumerable.Range(0, RecentWindows.Places), first.Select(static w => w.Place));
    }

    [Fact]
    public void Of_too_many_lists_the_first_are_found_anew_and_are_right()
    {
        var recent = new RecentWindows(Times.Count);
        for (int offset = 0; offset < 3 * RecentWindows.Places; offset++)
        {
            WindowBounds windows = recent.Find(List(offset % (RecentWindows.Places + 1)), Times, 5000);
            var alone = new WindowBounds(Times.Count);
            alone.Update(List(offset % (RecentWindows.Places + 1)), Times, 5000);

            Assert.Equal(alone.First, windows.First);
            Assert.Equal(alone.End, windows.End);
            Assert.Equal(alone.Strides, windows.Strides);
        }
    }

    private static long[] List(int offset) => [.. Enumerable.Range(0, 20).Select(i => (i * 1000L) + offset)];
}
