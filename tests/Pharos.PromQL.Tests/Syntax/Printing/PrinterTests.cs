using Pharos.PromQL.Syntax;

namespace Pharos.PromQL.Tests.Syntax.Printing;

public sealed class PrinterTests
{
    [Theory]
    [InlineData("sum  by(a,\"b c\")(x)", "sum by (a, \"b c\") (x)")]
    [InlineData("x{b='2',a=\"1\"}", "x{a=\"1\",b=\"2\"}")]
    [InlineData("{__name__=\"x\"}", "{__name__=\"x\"}")]
    [InlineData("0x10 + 1e3 + 1_000", "16 + 1000 + 1000")]
    [InlineData("1e-7", "0.0000001")]
    [InlineData("+Inf", "+Inf")]
    [InlineData("5m", "5m")]
    [InlineData("-90s", "-1m30s")]
    [InlineData("x[90m:30s]offset-1d", "x[1h30m:30s] offset -1d")]
    [InlineData("x[14d]", "x[2w]")]
    [InlineData("a==bool on(x)group_right(y)b", "a == bool on (x) group_right (y) b")]
    [InlineData("a + fill_left(1e9) b", "a + fill_left (1e+09) b")]
    [InlineData("quantile without()(.5,x)", "quantile without () (0.5, x)")]
    [InlineData("'it''s'", null)]
    [InlineData("'it\\'s'", "\"it's\"")]
    public void The_text_is_canonical(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<PromQLException>(() => PromQLParser.ParseExpr(text));
        }
        else
        {
            Assert.Equal(expected, PromQLParser.ParseExpr(text, ParserOptions.Everything).ToString());
        }
    }
}
