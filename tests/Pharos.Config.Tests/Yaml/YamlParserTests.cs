using System.Text;
using Pharos.Config.Yaml;
using Pharos.Testing;

namespace Pharos.Config.Tests.Yaml;

public sealed class YamlParserTests
{
    [Fact]
    public void Every_node_knows_its_place()
    {
        YamlNode root = Reading.Parse("a: 1\nb:\n  - x\n  - {c: 'y'}\n");

        YamlNode list = root.Find("b")!;
        Assert.Equal(new TextPosition(1, 4), root.Find("a")!.Position);
        Assert.Equal(new TextPosition(2, 1), root.Entries[1].Key.Position);
        Assert.Equal(new TextPosition(3, 5), list.Items[0].Position);
        Assert.Equal(new TextPosition(4, 9), list.Items[1].Find("c")!.Position);
    }

    [Fact]
    public void Folded_and_literal_texts_are_exact()
    {
        YamlNode root = Reading.Parse("folded: >-\n  one\n  two\n\n    deeper\n  three\nliteral: |\n  a\n   b\n");

        Assert.Equal("one two\n\n  deeper\nthree", root.Find("folded")!.Text);
        Assert.Equal("a\n b\n", root.Find("literal")!.Text);
        Assert.False(root.Find("literal")!.IsPlain);
    }

    [Fact]
    public void A_quoted_text_may_go_on_at_the_indentation_of_its_key()
    {
        YamlNode root = Reading.Parse("a:\n  b: \"one,\n  two \\\"x\\\"\n\n  three\"\n  c: \"x\ny\"\nd: 1\n");

        Assert.Equal("one, two \"x\"\nthree", root.Find("a")!.Find("b")!.Text);
        Assert.Equal("x y", root.Find("a")!.Find("c")!.Text);
        Assert.Equal(new TextPosition(8, 4), root.Find("d")!.Position);
    }

    [Fact]
    public void An_alias_is_the_node_of_its_anchor()
    {
        YamlNode root = Reading.Parse("a: &x {k: v}\nb: *x\n");

        Assert.Same(root.Find("a"), root.Find("b"));
    }

    [Fact]
    public void Merged_keys_give_way_to_written_ones_and_to_earlier_sources()
    {
        YamlNode root = Reading.Parse("one: &one {a: 1, b: 1}\ntwo: &two {b: 2, c: 2}\nall:\n  a: 0\n  <<: [*one, *two]\n");

        YamlNode all = root.Find("all")!;
        Assert.Equal(["a=0", "b=1", "c=2"], all.Entries.Select(e => $"{e.Key.Text}={e.Value.Text}"));
    }

    [Theory]
    [InlineData("a: *nowhere", 1, 4, "yaml: unknown anchor 'nowhere' referenced")]
    [InlineData("a: &x [*x]", 1, 8, "yaml: anchor 'x' value contains itself")]
    [InlineData("a: 1\n---\nb: 2\n", 3, 1, "yaml: more than one document in the file")]
    [InlineData("a: !!binary '%'", 1, 4, "yaml: !!binary value contains invalid base64 data")]
    [InlineData("<<: 5", 1, 5, "map merge requires map or sequence of maps as the value")]
    public void What_cannot_be_resolved_is_refused_at_its_place(string text, int line, int column, string message)
    {
        var found = new ConfigDiagnostics(Reading.File);
        Reading.Parse(text, found);

        Assert.Equal((line, column, message), Reading.OnlyError(found));
    }

    [Theory]
    [InlineData("a: [1, 2\n", 2)]
    [InlineData("a: b: c\n", 1)]
    [InlineData("a: \"open\n\nb: 1", 1)]
    [InlineData("a:\n\t- b\n", 2)]
    [InlineData("a: 1\n b: 2\n", 2)]
    [InlineData("- a\nb: 1\n", 2)]
    [InlineData("%YAML 9.9\n---\na: 1\n", 1)]
    public void Broken_syntax_is_refused_near_its_place(string text, int line)
    {
        var found = new ConfigDiagnostics(Reading.File);

        Assert.Null(Reading.Parse(text, found));
        ConfigError error = Assert.Single(found.Errors);
        Assert.StartsWith("yaml: ", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Line, Math.Max(1, line - 1), line);
        Assert.Null(error.Found);
    }

    [Fact]
    public void An_empty_file_and_a_file_of_comments_are_an_empty_document()
    {
        Assert.True(Reading.Parse("").IsNull);
        Assert.True(Reading.Parse("# nothing\n\n").IsNull);
        Assert.True(Reading.Parse("---\n...\n").IsNull);
    }

    [Fact]
    public void Aliases_that_multiply_are_refused_without_being_followed()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++)
        {
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var found = new ConfigDiagnostics(Reading.File);

        Assert.Null(Reading.Parse(text.ToString(), found));
        Assert.Equal("yaml: document contains excessive aliasing", Assert.Single(found.Errors).Message);
    }

    [Fact]
    public void Merges_that_multiply_are_refused()
    {
        string keys = string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"k{i}: v"));
        string merges = string.Join(", ", Enumerable.Repeat("*a", 1000));
        var found = new ConfigDiagnostics(Reading.File);

        Assert.Null(Reading.Parse($"a: &a {{{keys}}}\nb:\n  <<: [{merges}]\n", found, new YamlLimits(1 << 20, 100, 100_000)));
        Assert.Equal("yaml: document contains excessive aliasing", Assert.Single(found.Errors).Message);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused()
    {
        var found = new ConfigDiagnostics(Reading.File);

        Assert.Null(Reading.Parse(new string('[', 100_000), found));
        Assert.Equal("yaml: the nesting is deeper than 100 levels", Assert.Single(found.Errors).Message);
    }

    [Fact]
    public void Length_and_number_of_values_are_limited()
    {
        var limits = new YamlLimits(MaxLength: 100, MaxDepth: 10, MaxNodes: 20);
        var tooLong = new ConfigDiagnostics(Reading.File);
        var tooMany = new ConfigDiagnostics(Reading.File);

        Assert.Null(Reading.Parse(new string('a', 101), tooLong, limits));
        Assert.Null(Reading.Parse("[" + string.Join(',', Enumerable.Repeat('a', 30)) + "]", tooMany, limits));
        Assert.Equal(new ConfigError(Reading.File, 0, 0, "the text has 101 characters", null, "at most 100"), Assert.Single(tooLong.Errors));
        Assert.Equal("yaml: there are more than 20 values", Assert.Single(tooMany.Errors).Message);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped_and_what_is_not_utf_8_is_refused_at_its_place()
    {
        var marked = new ConfigDiagnostics(Reading.File);
        var broken = new ConfigDiagnostics(Reading.File);

        Assert.Equal("1", YamlParser.ParseBytes("\uFEFFa: 1"u8, marked)![0].Find("a")!.Text);
        Assert.Null(YamlParser.ParseBytes([.. "a: ü\nbé: "u8, 0xff], broken));
        Assert.Equal((2, 5, "yaml: invalid UTF-8"), Reading.OnlyError(broken));
    }

    [Fact]
    public void Binary_text_that_is_not_utf_8_is_quoted_by_its_bytes()
    {
        YamlNode root = Reading.Parse("!!binary \"/w==\": !!binary YWJj");

        Assert.Equal("\"\\xff\"", ConfigText.Quote(root.Entries[0].Key.Text));
        Assert.Equal("abc", root.Entries[0].Value.Text);
    }

    [Fact]
    public void A_file_that_is_missing_or_too_large_is_refused_by_name()
    {
        using var folder = new TempFolder();
        var missing = new ConfigDiagnostics(folder.File("none.yml"));
        var folderItself = new ConfigDiagnostics(folder.Path);
        var large = new ConfigDiagnostics(folder.Write("large.yml", new string('#', 200)));

        Assert.Null(YamlParser.ParseFile(missing.File, missing));
        Assert.Null(YamlParser.ParseFile(folderItself.File, folderItself));
        Assert.Equal($"{folder.Path}: is a directory", Assert.Single(folderItself.Errors).ToString());
        Assert.Null(YamlParser.ParseFile(large.File, large, new YamlLimits(100, 10, 10)));
        Assert.Equal($"{missing.File}: no such file or directory", Assert.Single(missing.Errors).ToString());
        Assert.Equal($"{large.File}: the file is too large (expected at most 100 bytes)", Assert.Single(large.Errors).ToString());
    }
}
