using Pharos.Remote.Otlp.Messages;
using Pharos.Remote.Otlp.Naming;

namespace Pharos.Remote.Tests.Otlp;

/// <summary>Cases of github.com/prometheus/otlptranslator and what its rules give at their edges.</summary>
public sealed class NamingTests
{
    [Theory]
    [InlineData("system.network.packets", "{packets}", "counter", "system_network_packets_total")]
    [InlineData("system.filesystem.usage", "By", "gauge", "system_filesystem_usage_bytes")]
    [InlineData("system_network_dropped", "{packets}/s", "gauge", "system_network_dropped_per_second")]
    [InlineData("foo.bar", "By/s", "gauge", "foo_bar_bytes_per_second")]
    [InlineData("foo.bytes.bar", "By", "gauge", "foo_bytes_bar")]
    [InlineData("requests.total.count", "1", "counter", "requests_count_total")]
    [InlineData("cpu.ratio.utilization", "1", "gauge", "cpu_utilization_ratio")]
    [InlineData("cpu", "1", "counter", "cpu_total")]
    [InlineData("cpu", "1", "sum", "cpu")]
    [InlineData("2xx.count", "", "gauge", "_2xx_count")]
    [InlineData("a__b..c", "", "gauge", "a_b_c")]
    [InlineData("a:b", "km/h", "gauge", "a:b_km_per_hour")]
    [InlineData("a", "m/(m·s)", "gauge", "a_meters_per_m_s")]
    [InlineData("a", "_", "gauge", "a")]
    [InlineData("a", "/{x}", "gauge", "a")]
    [InlineData("a", " s ", "gauge", "a_seconds")]
    [InlineData("größe", "", "gauge", "gr_e")]
    public void Names_with_suffixes_in_the_old_form(string name, string unit, string type, string expected) =>
        Assert.Equal(expected, Build(new MetricNamer(addsSuffixes: true, allowsUtf8: false), name, unit, type));

    [Theory]
    [InlineData("a.b", "s", "counter", "a_b")]
    [InlineData("a__b", "s", "gauge", "a__b")]
    [InlineData("...a... b...", "s", "gauge", "a_b")]
    [InlineData("1a", "s", "gauge", "_1a")]
    [InlineData("___", "s", "gauge", "___")]
    public void Names_without_suffixes_in_the_old_form(string name, string unit, string type, string expected) =>
        Assert.Equal(expected, Build(new MetricNamer(addsSuffixes: false, allowsUtf8: false), name, unit, type));

    [Theory]
    [InlineData("a.b", "s", "counter", "a.b_seconds_total")]
    [InlineData("a.total", "", "counter", "a_total")]
    [InlineData("a.seconds", "s", "gauge", "a.seconds")]
    [InlineData("a.ratio", "1", "gauge", "a_ratio")]
    [InlineData("a", "By/s", "counter", "a_bytes_per_second_total")]
    [InlineData("a_per_second", "By/s", "gauge", "a_bytes_per_second")]
    [InlineData("a", "µs/x y", "gauge", "a_µs_per_x y")]
    public void Names_with_suffixes_and_any_character(string name, string unit, string type, string expected) =>
        Assert.Equal(expected, Build(new MetricNamer(addsSuffixes: true, allowsUtf8: true), name, unit, type));

    [Theory]
    [InlineData("", "normalization for metric \"\" resulted in empty name")]
    [InlineData("...", "normalization for metric \"...\" resulted in empty name")]
    [InlineData("._.", "normalization for metric \"._.\" resulted in invalid name \"_\"")]
    public void Names_of_nothing_are_refused(string name, string error)
    {
        Assert.False(new MetricNamer(addsSuffixes: false, allowsUtf8: false).TryBuild(new OtlpMetric { Name = name }, out _, out string? found));
        Assert.Equal(error, found);
    }

    [Theory]
    [InlineData("label:with:colons", "label_with_colons", "label_with_colons")]
    [InlineData("label!with&special$chars)", "label_with_special_chars_", "label_with_special_chars_")]
    [InlineData("foreign_字符", "foreign_", "foreign___")]
    [InlineData("x😀y", "x_y", "x_y")]
    [InlineData("123label", "key_123label", "key_123label")]
    [InlineData("_one", "key_one", "key_one")]
    [InlineData("__two", "key_two", "__two")]
    [InlineData("a__b", "a_b", "a__b")]
    [InlineData("__reserved__name__", "__reserved_name__", "__reserved__name__")]
    [InlineData(".a", "key_a", "key_a")]
    public void Label_names_in_the_old_form(string attribute, string collapsed, string kept)
    {
        Assert.Equal(collapsed, Build(new LabelNamer(allowsUtf8: false, sanitizesUnderscores: true, keepsUnderscores: false), attribute));
        Assert.Equal(kept, Build(new LabelNamer(allowsUtf8: false, sanitizesUnderscores: true, keepsUnderscores: true), attribute));
        Assert.Equal(attribute, Build(new LabelNamer(allowsUtf8: true, sanitizesUnderscores: true, keepsUnderscores: true), attribute));
    }

    [Fact]
    public void Underscores_in_front_may_stay()
    {
        var namer = new LabelNamer(allowsUtf8: false, sanitizesUnderscores: false, keepsUnderscores: true);

        Assert.Equal(["_a", "_b", "key_1"], new[] { "_a", ".b", "1" }.Select(a => Build(namer, a)));
    }

    [Theory]
    [InlineData(false, "", "label name is empty")]
    [InlineData(true, "", "label name is empty")]
    [InlineData(true, "__", "label name \"__\" contains only underscores")]
    [InlineData(false, "ようこそ", "normalization for label name \"ようこそ\" resulted in invalid name \"____\"")]
    public void Label_names_of_nothing_are_refused(bool allowsUtf8, string attribute, string error)
    {
        Assert.False(new LabelNamer(allowsUtf8, sanitizesUnderscores: false, keepsUnderscores: true).TryBuild(attribute, out _, out string? found));
        Assert.Equal(error, found);
    }

    [Fact]
    public void More_names_than_are_remembered_are_still_right()
    {
        var namer = new LabelNamer(allowsUtf8: false, sanitizesUnderscores: true, keepsUnderscores: true);
        for (int i = 0; i < 5000; i++)
        {
            Assert.Equal($"a_{i % 2000}", Build(namer, $"a.{i % 2000}"));
        }
    }

    [Theory]
    [InlineData("s", "seconds")]
    [InlineData("By/s", "bytes_per_second")]
    [InlineData("/s", "per_second")]
    [InlineData("1", "")]
    [InlineData("{x}/{y}", "")]
    [InlineData("__a_", "a")]
    public void Units_have_names(string unit, string expected) => Assert.Equal(expected, UnitNamer.Build(unit, allowsUtf8: false));

    private static string Build(MetricNamer namer, string name, string unit, string type)
    {
        var metric = new OtlpMetric { Name = name, Unit = unit, Kind = type == "gauge" ? OtlpKind.Gauge : OtlpKind.Sum, IsMonotonic = type == "counter" };
        Assert.True(namer.TryBuild(metric, out string built, out _));
        return built;
    }

    private static string Build(LabelNamer namer, string attribute)
    {
        Assert.True(namer.TryBuild(attribute, out string name, out _));
        return name;
    }
}
