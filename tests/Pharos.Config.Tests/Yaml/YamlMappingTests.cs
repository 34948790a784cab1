using Pharos.Config.Printing;
using Pharos.Config.Yaml;

namespace Pharos.Config.Tests.Yaml;

public sealed class YamlMappingTests
{
    [Fact]
    public void Each_type_of_field_is_read_as_go_yaml_reads_it()
    {
        (Sample? sample, ConfigDiagnostics found) = Read("""
            name: 0123
            flag: yes
            number: 0x1F
            count: 12_000
            ratio: 1e-3
            wait: 1h30m
            size: 15MB
            list: [a, 1, true]
            map: {b: 2, a: x}
            """);

        Assert.Empty(found.Errors);
        Assert.Equal(new Sample("0123", true, 31, 12000, 0.001, TimeSpan.FromMinutes(90), 15 << 20, "a,1,true", "a=x,b=2"), sample);
    }

    [Fact]
    public void An_absent_field_has_its_default_and_a_null_one_the_zero_value()
    {
        (Sample? sample, ConfigDiagnostics found) = Read("name:\nflag: ~\nnumber: null\n");

        Assert.Empty(found.Errors);
        Assert.Equal(("", false, 0, TimeSpan.FromMinutes(1)), (sample!.Name, sample.Flag, sample.Number, sample.Wait));
    }

    [Theory]
    [InlineData("name: [a]", 1, 7, "cannot unmarshal !!seq into string", null, "a text")]
    [InlineData("flag: maybe", 1, 7, "cannot unmarshal !!str `maybe` into bool", "maybe", "true or false")]
    [InlineData("flag: \"true\"", 1, 7, "cannot unmarshal !!str `true` into bool", "true", "true or false")]
    [InlineData("number: 1.5", 1, 9, "cannot unmarshal !!float `1.5` into int", "1.5", "a whole number")]
    [InlineData("number: 3000000000", 1, 9, "cannot unmarshal !!int `3000000000` into int", "3000000000", "a whole number")]
    [InlineData("count: -1", 1, 8, "cannot unmarshal !!int `-1` into uint", "-1", "a whole number that is not negative")]
    [InlineData("ratio: x", 1, 8, "cannot unmarshal !!str `x` into float64", "x", "a number")]
    [InlineData("wait: 5", 1, 7, "not a valid duration string: \"5\"", "5", "a duration such as 30s or 1h30m")]
    [InlineData("wait: [5s]", 1, 7, "cannot unmarshal !!seq into string", null, "a duration such as 30s or 1h30m")]
    [InlineData("size: 5 kB", 1, 7, "units: unknown unit  kB in 5 kB", "5 kB", "a size such as 512KB, 15MB or 1GiB")]
    [InlineData("size: 5", 1, 7, "units: missing unit in 5", "5", "a size such as 512KB, 15MB or 1GiB")]
    [InlineData("list: a", 1, 7, "cannot unmarshal !!str into []string", null, "a list")]
    [InlineData("list: [a, {b: c}]", 1, 11, "cannot unmarshal !!map into string", null, "a text")]
    [InlineData("map: [a]", 1, 6, "cannot unmarshal !!seq into map[string]string", null, "names with values")]
    [InlineData("map: {a: [x]}", 1, 10, "cannot unmarshal !!seq into string", null, "a text")]
    [InlineData("map: {a: 1, a: 2}", 1, 13, "key \"a\" already set in map", "a", "each name once")]
    [InlineData("name: x\nflag: true\nname: y", 3, 1, "field name already set in type test.Sample", "name", "each field once")]
    [InlineData("name: x\nnunber: 1", 2, 1, "field nunber not found in type test.Sample", "nunber", "number")]
    [InlineData("[a]: b", 1, 1, "cannot unmarshal !!seq into string", null, "the name of a field")]
    [InlineData("- a", 1, 1, "cannot unmarshal !!seq into test.Sample", null, "a section of fields")]
    [InlineData("password: {a: b}", 1, 11, "cannot unmarshal !!map into config.Secret", null, "a text")]
    public void A_wrong_field_is_refused_at_its_place(string text, int line, int column, string message, string? offending, string? expected)
    {
        (_, ConfigDiagnostics found) = Read(text);

        Assert.Equal(new ConfigError("test.yml", line, column, message, offending, expected), Assert.Single(found.Errors));
    }

    [Fact]
    public void All_errors_are_found_at_once()
    {
        (_, ConfigDiagnostics found) = Read("flag: 7\nnumber: x\nbogus: 1\nwait: soon\n");

        ConfigException refused = Assert.Throws<ConfigException>(found.ThrowIfErrors);
        Assert.Equal([1, 2, 3, 4], refused.Errors.Select(e => e.Line));
        Assert.Contains("test.yml:3:1: field bogus not found in type test.Sample", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_notes_what_is_in_effect()
    {
        YamlNode node = Parse("number: 5\nlist: [x]\npassword: hunter2\nmap: {k: v}\n");
        YamlMapping.Read(node, "test.Sample", default, new ConfigDiagnostics("test.yml"), ReadSample, out CanonicalMapping canonical);

        Assert.Equal("flag: false\nnumber: 5\nwait: 1m\nlist:\n- x\nmap:\n  k: v\npassword: <secret>\n", CanonicalWriter.Write(canonical));
    }

    private static (Sample? Sample, ConfigDiagnostics Found) Read(string text)
    {
        var found = new ConfigDiagnostics("test.yml");
        YamlNode? node = YamlParser.Single(YamlParser.ParseText(text, found), found);
        return (YamlMapping.Read(node, "test.Sample", default, found, ReadSample, out _), found);
    }

    private static YamlNode Parse(string text)
    {
        var found = new ConfigDiagnostics("test.yml");
        return YamlParser.Single(YamlParser.ParseText(text, found), found)!;
    }

    private static Sample ReadSample(YamlMapping map)
    {
        var sample = new Sample(
            map.String("name"),
            map.Bool("flag", always: true),
            map.Int("number"),
            map.Count("count"),
            map.Double("ratio"),
            map.Duration("wait", TimeSpan.FromMinutes(1)),
            map.Size("size"),
            string.Join(',', map.Strings("list")),
            string.Join(',', map.StringMap("map").Select(e => $"{e.Key}={e.Value}")));
        map.Secret("password");
        return sample;
    }

    private sealed record Sample(string Name, bool Flag, int Number, long Count, double Ratio, TimeSpan Wait, long Size, string List, string Map);
}
