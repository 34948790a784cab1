using System.Text;
using Pharos.Config.Yaml;

namespace Pharos.Config.Tests.Yaml;

public sealed class JsonParserTests
{
    [Fact]
    public void Json_gives_the_same_nodes_with_their_places()
    {
        YamlNode root = JsonParser.Parse("{\n\t\"a\": [1, \"1\", true, null],\n  \"é\": {\"b\": -2.5}\n}"u8, new ConfigDiagnostics("x.json"))!;

        YamlNode list = root.Find("a")!;
        Assert.Equal(["!!int", "!!str", "!!bool", "!!null"], list.Items.Select(YamlScalar.ResolveTag));
        Assert.Equal(new TextPosition(2, 11), list.Items[1].Position);
        Assert.Equal(new TextPosition(3, 14), root.Find("é")!.Find("b")!.Position);
    }

    [Theory]
    [InlineData("{\"a\": }", 1, 7)]
    [InlineData("[1,\n 2,]", 2, 4)]
    [InlineData("[1] 2", 1, 5)]
    [InlineData("{\"password\": hunter2}", 1, 14)]
    public void Broken_json_is_refused_at_its_place_without_its_text(string text, int line, int column)
    {
        var found = new ConfigDiagnostics("x.json");

        Assert.Null(JsonParser.Parse(Encoding.UTF8.GetBytes(text), found));
        ConfigError error = Assert.Single(found.Errors);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_is_limited()
    {
        var found = new ConfigDiagnostics("x.json");

        Assert.Null(JsonParser.Parse(Encoding.UTF8.GetBytes(new string('[', 5000)), found));
        Assert.Single(found.Errors);
    }
}
