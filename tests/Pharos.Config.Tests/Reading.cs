using Pharos.Config.Printing;
using Pharos.Config.Yaml;

namespace Pharos.Config.Tests;

/// <summary>Reads a section from a text.</summary>
internal static class Reading
{
    public const string File = "/etc/prometheus/test.yml";

    public static (T? Value, ConfigDiagnostics Found, string Canonical) Section<T>(string text, Func<YamlMapping, T> read, string type = "test.plain")
    {
        var found = new ConfigDiagnostics(File);
        YamlNode? node = YamlParser.Single(YamlParser.ParseText(text, found), found);
        T? value = YamlMapping.Read(node, type, default, found, read, out CanonicalMapping canonical);
        return (value, found, CanonicalWriter.Write(canonical));
    }

    public static YamlNode? Parse(string text, ConfigDiagnostics found, YamlLimits? limits = null) => YamlParser.Single(YamlParser.ParseText(text, found, limits), found);

    public static YamlNode Parse(string text)
    {
        var found = new ConfigDiagnostics(File);
        YamlNode? node = Parse(text, found);
        Assert.Empty(found.Errors);
        return node!;
    }

    public static (int Line, int Column, string Message) OnlyError(ConfigDiagnostics found)
    {
        ConfigError error = Assert.Single(found.Errors);
        return (error.Line, error.Column, error.Message);
    }
}
