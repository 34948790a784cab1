using Pharos.Access.Passwords;

namespace Pharos.Access.Tests.Passwords;

public sealed class PiFractionTests
{
    [Fact]
    public void The_first_words_are_those_of_pi()
        => Assert.Equal([0x243F6A88u, 0x85A308D3u, 0x13198A2Eu, 0x03707344u, 0xA4093822u, 0x299F31D0u], PiFraction.Words(6));

    [Fact]
    public void The_last_words_of_the_tables_of_Blowfish_are_the_published_ones()
    {
        uint[] words = PiFraction.Words(1042);
        Assert.Equal([0x9216D5D9u, 0x8979FB1Bu], words[16..18]);
        Assert.Equal([0xD1310BA6u, 0x98DFB5ACu], words[18..20]);
        Assert.Equal([0xB74E6132u, 0xCE77E25Bu, 0x578FDFE3u, 0x3AC372E6u], words[^4..]);
    }

    [Fact]
    public void More_words_do_not_change_the_first_ones() => Assert.Equal(PiFraction.Words(40), PiFraction.Words(400)[..40]);
}
