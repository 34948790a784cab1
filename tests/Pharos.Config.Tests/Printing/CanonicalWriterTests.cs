using FsCheck;
using FsCheck.Fluent;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;

namespace Pharos.Config.Tests.Printing;

public sealed class CanonicalWriterTests
{
    [Fact]
    public void The_layout_is_that_of_go_yaml()
    {
        var inner = new CanonicalMapping();
        inner.Add("name", CanonicalScalar.OfText("x"));
        inner.Add("values", CanonicalList.OfTexts(["a", "b"]));
        inner.Add("flow", new CanonicalList([CanonicalScalar.OfText("c"), CanonicalScalar.OfText("1")]) { IsFlow = true });
        var root = new CanonicalMapping();
        root.Add("list", new CanonicalList([inner, CanonicalScalar.OfLiteral("5")]));
        root.Add("empty", new CanonicalMapping());
        root.Add("none", new CanonicalList([]));

        Assert.Equal("list:\n- name: x\n  values:\n  - a\n  - b\n  flow: [c, \"1\"]\n- 5\nempty: {}\nnone: []\n", CanonicalWriter.Write(root));
        Assert.Equal("{}\n", CanonicalWriter.Write(new CanonicalMapping()));
    }

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("http://a:9090/x", "http://a:9090/x")]
    [InlineData("", "\"\"")]
    [InlineData("1", "\"1\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("12:30:45", "'12:30:45'")]
    [InlineData("it's", "it's")]
    [InlineData("'quoted'", "'''quoted'''")]
    [InlineData("a: b", "'a: b'")]
    [InlineData("a #b", "'a #b'")]
    [InlineData("[a", "'[a'")]
    [InlineData("- a", "'- a'")]
    [InlineData(" a", "' a'")]
    [InlineData("a\nb\n", "|\n  a\n  b")]
    [InlineData("a\nb", "|-\n  a\n  b")]
    [InlineData("tab\there", "\"tab\\there\"")]
    public void A_text_is_quoted_only_where_it_must_be(string text, string printed)
    {
        var root = new CanonicalMapping();
        root.Add("k", CanonicalScalar.OfText(text));

        Assert.Equal($"k: {printed}\n", CanonicalWriter.Write(root));
    }

    [Fact]
    public void Every_text_reads_back_as_it_was()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string[]>(), texts =>
        {
            string[] valid = [.. texts.Where(static t => t is not null && !t.Any(char.IsSurrogate))];
            var root = new CanonicalMapping();
            root.Add("list", CanonicalList.OfTexts(valid));
            root.Add("flow", new CanonicalList([.. valid.Select(CanonicalScalar.OfText)]) { IsFlow = true });
            for (int i = 0; i < valid.Length; i++)
            {
                root.Add($"k{i}", CanonicalScalar.OfText(valid[i]));
            }

            YamlNode read = Reading.Parse(CanonicalWriter.Write(root));
            string[] got = [.. read.Find("list")!.Items.Concat(read.Find("flow")!.Items).Concat(Enumerable.Range(0, valid.Length).Select(i => read.Find($"k{i}")!)).Select(Show)];
            Assert.Equal(valid.Concat(valid).Concat(valid).Select(static t => Escape(t) + " !!str"), got);
        }));
    }

    [Fact]
    public void A_secret_is_printed_as_a_token_and_a_part_of_it_not_at_all()
    {
        var root = new CanonicalMapping();
        root.Add("password", CanonicalScalar.OfSecret(new Secret("hunter2")));
        root.Add("url", CanonicalScalar.OfRedacted("http://u:xxxxx@h", "http://u:hunter2@h"));

        Assert.Equal("password: <secret>\nurl: http://u:xxxxx@h\n", CanonicalWriter.Write(root));
    }

    private static string Show(YamlNode node) => $"{Escape(node.Text)} {YamlScalar.ResolveTag(node)}";

    private static string Escape(string text) => string.Concat(text.Select(static c => c is >= ' ' and < '\u007f' ? c.ToString() : $"<{(int)c:x}>"));
}
