namespace Pharos.Templating.Tests;

public class TemplateTests
{
    private static readonly TemplateMap Data = new(
    [
        new("Name", "pharos"),
        new("Count", 3L),
        new("Ratio", 0.5),
        new("Yes", true),
        new("Empty", ""),
        new("List", new TemplateList(["a", "b", "c"])),
        new("Map", TemplateMap.OfStrings([new("z", "26"), new("a", "1")])),
        new("Nested", new TemplateMap([new("Inner", new TemplateMap([new("Leaf", "deep")]))])),
    ]);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("{{.Name}}", "pharos")]
    [InlineData("a {{- .Name -}} b", "apharosb")]
    [InlineData("a \n {{- /* gone */ -}} \n b", "ab")]
    [InlineData("a{{/* gone */}} b", "a b")]
    [InlineData("{{\n.Name\n}}", "pharos")]
    [InlineData("{{.Nested.Inner.Leaf}} {{(.Nested.Inner).Leaf}} {{$.Nested.Inner.Leaf}}", "deep deep deep")]
    [InlineData("{{$x := .Count}}{{$x}}{{$x = 7}}{{$x}}", "37")]
    [InlineData("{{$x := 1}}{{if true}}{{$x = 2}}{{$y := 5}}{{$y}}{{end}}{{$x}}", "52")]
    [InlineData("{{if .Empty}}a{{else if .Count}}b{{else}}c{{end}}", "b")]
    [InlineData("{{if .Missing}}a{{else}}b{{end}}", "b")]
    [InlineData("{{with .Name}}{{.}}{{end}}{{with .Empty}}x{{else}}none{{end}}", "pharosnone")]
    [InlineData("{{with .Empty}}x{{else with .Count}}{{.}}{{end}}", "3")]
    [InlineData("{{range .List}}{{.}},{{end}}", "a,b,c,")]
    [InlineData("{{range $i, $v := .List}}{{$i}}={{$v}} {{end}}", "0=a 1=b 2=c ")]
    [InlineData("{{range $k, $v := .Map}}{{$k}}={{$v}} {{end}}", "a=1 z=26 ")]
    [InlineData("{{range 3}}{{.}}{{end}}", "012")]
    [InlineData("{{range .Missing}}x{{else}}none{{end}}", "none")]
    [InlineData("{{range .List}}{{if eq . \"b\"}}{{continue}}{{end}}{{.}}{{end}}", "ac")]
    [InlineData("{{range .List}}{{if eq . \"b\"}}{{break}}{{end}}{{.}}{{end}}", "a")]
    [InlineData("{{$last := \"\"}}{{range .List}}{{$last = .}}{{end}}{{$last}}", "c")]
    [InlineData("{{$i := 9}}{{$v := 9}}{{range $i, $v = .List}}{{end}}{{$i}}{{$v}}", "2c")]
    [InlineData("{{define \"u\"}}<{{.}}>{{end}}{{template \"u\" .Name}}", "<pharos>")]
    [InlineData("{{template \"u\"}}{{define \"u\"}}{{.}}{{end}}", "<no value>")]
    [InlineData("{{block \"b\" .Count}}[{{.}}]{{end}}", "[3]")]
    [InlineData("{{\"a\\tb\\u00e9\\x41\"}}{{`raw\\n`}}{{'a'}}", "a\tb\u00e9Araw\\n97")]
    [InlineData("{{1_000}} {{0x1F}} {{0b11}} {{0o17}} {{-5}} {{1.50}} {{1e3}}", "1000 31 3 15 -5 1.5 1000")]
    [InlineData("{{1e6}} {{.Ratio}} {{true}}", "1e+06 0.5 true")]
    [InlineData("{{.List}} {{.Map}}", "[a b c] map[a:1 z:26]")]
    [InlineData("{{.Missing}}", "<no value>")]
    [InlineData("{{.Name | printf \"%s-%d\" \"x\" | len}}", "20")]
    public void Text_comes_out_as_Go_writes_it(string template, string expected) => Assert.Equal(expected, Expand(template));

    [Theory]
    [InlineData("{{", "template: t:1: unclosed action")]
    [InlineData("a\n{{.Name\n", "template: t:3: unclosed action started at t:2")]
    [InlineData("{{.A * 2}}", "template: t:1: unexpected \"*\" in operand")]
    [InlineData("{{$x}}", "template: t:1: undefined variable \"$x\"")]
    [InlineData("{{nope 1}}", "template: t:1: function \"nope\" not defined")]
    [InlineData("{{if}}x{{end}}", "template: t:1: missing value for if")]
    [InlineData("{{if true}}", "template: t:1: unexpected EOF")]
    [InlineData("{{end}}", "template: t:1: unexpected {{end}}")]
    [InlineData("{{break}}", "template: t:1: {{break}} outside {{range}}")]
    [InlineData("{{(1}}", "template: t:1: unclosed left paren")]
    [InlineData("{{1)}}", "template: t:1: unexpected right paren")]
    [InlineData("{{\"x}}", "template: t:1: unterminated quoted string")]
    [InlineData("{{/* x }}", "template: t:1: unclosed comment")]
    [InlineData("{{1x}}", "template: t:1: bad number syntax: \"1x\"")]
    [InlineData("{{99999999999999999999}}", "template: t:1: integer overflow: \"99999999999999999999\"")]
    [InlineData("{{.A | 1}}", "template: t:1: non executable command in pipeline stage 2")]
    [InlineData("{{\"a\".B}}", "template: t:1: unexpected . after term \"\\\"a\\\"\"")]
    [InlineData("{{range $a, $b, $c := .}}{{end}}", "template: t:1: too many declarations in range")]
    [InlineData("{{define \"x\"}}1{{end}}{{define \"x\"}}2{{end}}", "template: t:1: multiple definition of template \"x\"")]
    [InlineData("{{template foo}}", "template: t:1: unexpected \"foo\" in template clause")]
    [InlineData("{{$x := 1}}{{if true}}{{$y := 2}}{{end}}{{$y}}", "template: t:1: undefined variable \"$y\"")]
    public void What_is_not_well_formed_is_refused_with_its_line(string template, string expected) =>
        Assert.Equal(expected, Assert.Throws<TemplateException>(() => Template.Parse("t", template, TemplateFunctions.Builtin)).Message);

    [Theory]
    [InlineData("{{.Name.Foo}}", "template: t:1:7: executing \"t\" at <.Name.Foo>: can't evaluate field Foo in type string")]
    [InlineData("\n\u00e9 {{index .List 9}}", "template: t:2:5: executing \"t\" at <index .List 9>: error calling index: index out of range: 9")]
    [InlineData("{{template \"none\"}}", "template: t:1:11: executing \"t\" at <{{template \"none\"}}>: template \"none\" not defined")]
    [InlineData("{{len 3}}", "template: t:1:2: executing \"t\" at <len 3>: error calling len: len of type int")]
    [InlineData("{{not}}", "template: t:1:2: executing \"t\" at <not>: wrong number of args for not: want 1 got 0")]
    [InlineData("{{printf 1}}", "template: t:1:9: executing \"t\" at <1>: expected string; found 1")]
    [InlineData("{{.Name 1}}", "template: t:1:2: executing \"t\" at <.Name>: Name is not a method but has arguments")]
    [InlineData("{{lt 1 \"a\"}}", "template: t:1:2: executing \"t\" at <lt 1 \"a\">: error calling lt: incompatible types for comparison")]
    [InlineData("{{range .Name}}{{end}}", "template: t:1:8: executing \"t\" at <.Name>: range can't iterate over pharos")]
    public void What_fails_says_where(string template, string expected) =>
        Assert.Equal(expected, Assert.Throws<TemplateException>(() => Expand(template)).Message);

    [Fact]
    public void A_later_text_replaces_definitions()
    {
        Template template = Template.Parse("t", "{{template \"x\"}}{{define \"x\"}}old{{end}}", TemplateFunctions.Builtin);
        Assert.Equal("new", template.With("more", "{{define \"x\"}}new{{end}}").Execute(null, TemplateOptions.Default));
        Assert.Equal("old", template.Execute(null, TemplateOptions.Default));
    }

    [Fact]
    public void A_missing_key_is_nothing_zero_or_an_error()
    {
        Template template = Template.Parse("t", "{{.Map.none}}", TemplateFunctions.Builtin);
        Assert.Equal("<no value>", template.Execute(Data, TemplateOptions.Default));
        Assert.Equal("", template.Execute(Data, new TemplateOptions { MissingKey = MissingKey.Zero }));
        TemplateException error = Assert.Throws<TemplateException>(() => template.Execute(Data, new TemplateOptions { MissingKey = MissingKey.Error }));
        Assert.EndsWith("map has no entry for key \"none\"", error.Message, StringComparison.Ordinal);
    }

    private static string Expand(string template) => Template.Parse("t", template, TemplateFunctions.Builtin).Execute(Data, TemplateOptions.Default);
}
