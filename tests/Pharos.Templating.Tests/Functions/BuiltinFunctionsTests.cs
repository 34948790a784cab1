namespace Pharos.Templating.Tests.Functions;

public class BuiltinFunctionsTests
{
    private static readonly TemplateList Data = new(["a", "b", "c"]);

    [Theory]
    [InlineData("{{and 1 0 2}} {{or 0 \"\" 3}} {{and 1 2}} {{not 0}}", "0 3 2 true")]
    [InlineData("{{or 1 (index . 99)}}", "1")]
    [InlineData("{{and 0 (index . 99)}}", "0")]
    [InlineData("{{len .}} {{len \"h\u00e9\"}}", "3 3")]
    [InlineData("{{index . 1}} {{slice . 1}} {{slice \"abcd\" 1 3}}", "b [b c] bc")]
    [InlineData("{{print 1 2 \"a\" \"b\" 3 4.5}}", "1 2ab3 4.5")]
    [InlineData("{{println 1 \"a\"}}", "1 a\n")]
    [InlineData("{{eq 1 2 1}} {{eq \"a\" \"b\"}} {{ne 1 2}} {{eq nil nil}}", "true false true true")]
    [InlineData("{{lt 1 2}} {{le 2 2}} {{gt 1.5 2.5}} {{ge \"b\" \"a\"}}", "true true false true")]
    [InlineData("{{html \"<a href='x'>&\"}}", "&lt;a href=&#39;x&#39;&gt;&amp;")]
    [InlineData("{{js \"it's <b>\"}}", "it\\'s \\u003Cb\\u003E")]
    [InlineData("{{urlquery \"a b&c/\u00e9\"}}", "a+b%26c%2F%C3%A9")]
    public void Functions_give_what_Go_gives(string template, string expected) =>
        Assert.Equal(expected, Template.Parse("t", template, TemplateFunctions.Builtin).Execute(Data, TemplateOptions.Default));

    [Theory]
    [InlineData("{{call nil}}", "error calling call: call of nil")]
    [InlineData("{{index nil 1}}", "error calling index: index of untyped nil")]
    [InlineData("{{index . \"a\"}}", "error calling index: cannot index slice/array with type string")]
    [InlineData("{{slice \"abc\" 2 1}}", "error calling slice: invalid slice index: 2 > 1")]
    [InlineData("{{eq 1}}", "error calling eq: missing argument for comparison")]
    [InlineData("{{eq 1 1.0}}", "error calling eq: incompatible types for comparison")]
    [InlineData("{{lt true false}}", "error calling lt: invalid type for comparison")]
    public void Functions_refuse_what_Go_refuses(string template, string expected) => Assert.EndsWith(
        expected,
        Assert.Throws<TemplateException>(() => Template.Parse("t", template, TemplateFunctions.Builtin).Execute(Data, TemplateOptions.Default)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("%s|%q|%v", "a", "a", "a", "a|\"a\"|a")]
    [InlineData("%d|%5d|%-5d|", 7L, 7L, 7L, "7|    7|7    |")]
    [InlineData("%05d|%+d|%x", -42L, 42L, 255L, "-0042|+42|ff")]
    [InlineData("%f|%.2f|%8.3f", 1.5, 2.345, 3.14159, "1.500000|2.35|   3.142")]
    [InlineData("%.0f|%.0f|%.1f", 0.5, 1.5, 0.25, "0|2|0.2")]
    [InlineData("%e|%.3e|%g", 123456.789, 0.00012345, 1e21, "1.234568e+05|1.234e-04|1e+21")]
    [InlineData("%.4g|%.4g|%.3g", 1234567.0, 0.00001234567, 1000.0, "1.235e+06|1.235e-05|1e+03")]
    [InlineData("%t|%v|%T", true, 1.0, 1L, "true|1|int")]
    [InlineData("%-10s|%10s|%.2s", "ab", "cd", "efg", "ab        |        cd|ef")]
    [InlineData("%d|%s|%z", "x", 1L, 2L, "%!d(string=x)|%!s(int=1)|%!z(int=2)")]
    [InlineData("%[3]s%[1]s%[2]s", "b", "c", "a", "abc")]
    [InlineData("%s%%", "a", "b", 1L, "a%%!(EXTRA string=b, int=1)")]
    [InlineData("%s %s %s %s", "a", "b", "c", "a b c %!s(MISSING)")]
    [InlineData("%c%U%b", 65L, 8364L, 5L, "AU+20AC101")]
    [InlineData("%*d|%08.3f", 4L, 7L, -3.14159, "   7|-003.142")]
    [InlineData("%v %v %v", double.PositiveInfinity, double.NaN, -0.0, "+Inf NaN -0")]
    public void Printf_formats_as_Go(string format, object a, object b, object c, string expected)
    {
        Template template = Template.Parse("t", "{{printf (index . 0) (index . 1) (index . 2) (index . 3)}}", TemplateFunctions.Builtin);
        Assert.Equal(expected, template.Execute(new TemplateList([format, a, b, c]), TemplateOptions.Default));
    }
}
