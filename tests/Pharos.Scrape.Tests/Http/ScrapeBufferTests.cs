using Pharos.Scrape.Http;

namespace Pharos.Scrape.Tests.Http;

public class ScrapeBufferTests
{
    [Fact]
    public void The_next_body_finds_as_much_room_as_the_last_one_took()
    {
        using var buffer = new ScrapeBuffer();
        buffer.Begin();
        buffer.Write(new byte[100_000]);
        buffer.End();
        buffer.Begin();

        Assert.Equal(0, buffer.Length);
        Assert.True(buffer.GetFree().Length > 100_000);
    }

    [Fact]
    public void A_body_that_was_discarded_is_no_measure_for_the_next()
    {
        using var buffer = new ScrapeBuffer();
        buffer.Begin();
        buffer.Write(new byte[40_000_000]);
        buffer.Discard();
        buffer.End();
        buffer.Begin();

        Assert.True(buffer.GetFree().Length < 10_000);
    }

    [Fact]
    public void A_body_of_any_size_keeps_its_bytes_while_it_grows()
    {
        using var buffer = new ScrapeBuffer();
        buffer.Begin();
        byte[] piece = new byte[1_000_003];
        for (int i = 0; i < 40; i++)
        {
            piece.AsSpan().Fill((byte)i);
            buffer.Write(piece);
        }

        Assert.Equal(40 * piece.Length, buffer.Length);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(-1, buffer.Body.Slice(i * piece.Length, piece.Length).IndexOfAnyExcept((byte)i));
        }
    }
}
