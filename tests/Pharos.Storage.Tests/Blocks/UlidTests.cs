using Pharos.Storage.Blocks;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Blocks;

public sealed class UlidTests
{
    [Theory]
    [InlineData("01BKGV7JBM69T2G1BGBGM6KB12", 1498435275124)]
    [InlineData("00000000000000000000000000", 0)]
    [InlineData("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", (1L << 48) - 1)]
    public void Text_is_read_and_written_again(string text, long time)
    {
        Assert.True(Ulid.TryParse(text, out Ulid ulid));
        Assert.Equal(text, ulid.ToString());
        Assert.Equal(time, ulid.Time);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("01BKGV7JBM69T2G1BGBGM6KB1")]
    [InlineData("01BKGV7JBM69T2G1BGBGM6KB1I")]
    [InlineData("81BKGV7JBM69T2G1BGBGM6KB12")]
    [InlineData("01bkgv7jbm69t2g1bgbgm6kb12")]
    public void Other_text_is_refused(string? text) => Assert.False(Ulid.TryParse(text, out _));

    [Fact]
    public void New_ones_carry_their_time_and_sort_by_it()
    {
        var clock = new ManualTimeProvider();
        Ulid first = Ulid.New(clock);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Ulid second = Ulid.New(clock);

        Assert.Equal(clock.GetUtcNow().ToUnixTimeMilliseconds(), second.Time);
        Assert.True(first.CompareTo(second) < 0);
        Assert.True(string.CompareOrdinal(first.ToString(), second.ToString()) < 0);
        Assert.NotEqual(second, Ulid.New(clock));
    }
}
