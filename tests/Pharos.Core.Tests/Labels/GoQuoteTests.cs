using Pharos.Core.Labels;

namespace Pharos.Core.Tests.Labels;

public sealed class GoQuoteTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain é 😀", "\"plain é 😀\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("\a\b\f\n\r\t\v", "\"\\a\\b\\f\\n\\r\\t\\v\"")]
    [InlineData("\0\u001f\u007f", "\"\\x00\\x1f\\x7f\"")]
    [InlineData("\u0085\u00a0\u00ad\u200b\ufeff", "\"\\u0085\\u00a0\\u00ad\\u200b\\ufeff\"")]
    [InlineData("\U000e0001", "\"\\U000e0001\"")]
    public void Text_is_quoted_as_Go_does(string text, string quoted)
    {
        Assert.Equal(quoted, GoQuote.Quote(text));
    }
}
