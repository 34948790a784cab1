namespace Pharos.Config.Tests;

public sealed class ConfigExceptionTests
{
    [Fact]
    public void One_error_is_one_sentence() =>
        Assert.Equal(
            "parsing YAML file a.yml: wrong (found \"x\", expected y) at line 2, column 3",
            new ConfigException([new ConfigError("a.yml", 2, 3, "wrong", "x", "y")]).Message);

    [Fact]
    public void Several_errors_stand_below_each_other_in_the_order_of_the_file()
    {
        var found = new ConfigDiagnostics("a.yml");
        found.Error(new TextPosition(9, 1), "late");
        found.Error(new TextPosition(2, 5), "early", new string('x', 200));
        found.Error(new TextPosition(2, 5), "early", new string('x', 200));

        string message = Assert.Throws<ConfigException>(found.ThrowIfErrors).Message;

        Assert.Equal($"parsing YAML file a.yml: 2 errors:\n  a.yml:2:5: early (found \"{new string('x', 80)}...\")\n  a.yml:9:1: late", message);
    }

    [Fact]
    public void A_flood_of_errors_is_cut()
    {
        var found = new ConfigDiagnostics("a.yml");
        for (int i = 1; i <= 1000; i++)
        {
            found.Error(new TextPosition(i, 1), "wrong");
        }

        ConfigException refused = Assert.Throws<ConfigException>(found.ThrowIfErrors);

        Assert.Equal(ConfigDiagnostics.MaxErrors + 1, refused.Errors.Count);
        Assert.Equal("and 800 more errors", refused.Errors[^1].Message);
    }
}
