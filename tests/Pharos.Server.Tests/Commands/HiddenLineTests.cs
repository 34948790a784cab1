using Pharos.Server.Commands;

namespace Pharos.Server.Tests.Commands;

public sealed class HiddenLineTests
{
    [Theory]
    [InlineData("secret\r", "secret")]
    [InlineData("secrex\bt\r", "secret")]
    [InlineData("\b\bok\r", "ok")]
    [InlineData("wrong\u0015right\r", "right")]
    [InlineData("a\tb\u001bc\r", "abc")]
    [InlineData("half\u0004way\r", "halfway")]
    [InlineData("\r", "")]
    [InlineData("\u0004", null)]
    public void Keys_make_a_line(string keys, string? expected) => Assert.Equal(expected, Read(keys));

    [Fact]
    public void A_line_without_end_is_cut() => Assert.Equal(4096, Read(new string('x', 5000) + "\r")!.Length);

    private static string? Read(string keys)
    {
        int next = 0;
        return HiddenLine.Read(() =>
        {
            char letter = keys[next++];
            ConsoleKey key = letter switch
            {
                '\r' => ConsoleKey.Enter,
                '\b' => ConsoleKey.Backspace,
                _ => ConsoleKey.None,
            };
            return new ConsoleKeyInfo(letter, key, false, false, false);
        });
    }
}
