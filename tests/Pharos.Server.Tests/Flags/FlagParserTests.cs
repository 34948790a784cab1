using Pharos.Server.Flags;

namespace Pharos.Server.Tests.Flags;

public sealed class FlagParserTests
{
    [Fact]
    public void A_value_follows_an_equals_sign_or_a_space()
    {
        (FlagValues values, _) = Parse("--storage.tsdb.path=/a", "--log.level", "debug");
        Assert.Equal("/a", values.Get("storage.tsdb.path"));
        Assert.Equal("debug", values.Get("log.level"));
    }

    [Fact]
    public void A_switch_is_put_on_by_its_name_and_off_by_no()
    {
        (FlagValues values, _) = Parse("--web.enable-lifecycle", "--no-storage.tsdb.wal-compression");
        Assert.True(values.IsOn("web.enable-lifecycle"));
        Assert.False(values.IsOn("storage.tsdb.wal-compression"));
        Assert.False(values.IsOn("web.enable-admin-api"));
    }

    [Fact]
    public void Words_and_what_follows_two_dashes_are_no_flags()
    {
        (_, IReadOnlyList<string> words) = Parse("folder", "--", "--log.level");
        Assert.Equal(["folder", "--log.level"], words);
    }

    [Fact]
    public void Repeated_values_are_kept_in_order_and_shown_joined()
    {
        (FlagValues values, _) = Parse("--web.listen-address=:1", "--web.listen-address=:2");
        Assert.Equal([":1", ":2"], values.GetList("web.listen-address"));
        Assert.Equal(":1,:2", values.Get("web.listen-address"));
    }

    [Fact]
    public void Our_own_sign_in_flag_may_be_given_again_and_the_last_counts()
    {
        (FlagValues values, _) = Parse("--web.auth=none", "--web.auth=required");
        Assert.Equal("required", values.Get("web.auth"));
    }

    [Theory]
    [InlineData("--nosuch", "unknown long flag '--nosuch'", 1)]
    [InlineData("--web.listen-adress=:1", "unknown long flag '--web.listen-adress', did you mean '--web.listen-address'?", 1)]
    [InlineData("--storage.tsdb.retention", "unknown long flag '--storage.tsdb.retention', did you mean '--storage.tsdb.retention.size'?", 1)]
    [InlineData("--no-log.level", "unknown long flag '--no-log.level', did you mean '--log.level'?", 1)]
    [InlineData("-x", "unknown short flag '-x'", 1)]
    [InlineData("--log.level", "expected argument for flag '--log.level'", 1)]
    [InlineData("--web.enable-lifecycle=true", "flag '--web.enable-lifecycle' takes no value, but has true", 1)]
    [InlineData("--log.level=loud", "--log.level: \"loud\" is not one of debug, info, warn, error", 2)]
    [InlineData("--query.timeout=abc", "--query.timeout: not a valid duration string: \"abc\"", 2)]
    [InlineData("--query.timeout=1.5h", "--query.timeout: unknown unit \".\" in duration \"1.5h\"", 2)]
    [InlineData("--query.max-samples=many", "--query.max-samples: \"many\" is not a number", 2)]
    [InlineData("--query.max-samples=1.5", "--query.max-samples: \"1.5\" is not a whole number", 2)]
    [InlineData("--storage.tsdb.retention.size=10", "--storage.tsdb.retention.size: \"10\" is not a number with one of the units B, KB, MB, GB, TB, PB, EB", 2)]
    [InlineData("--scrape.timestamp-tolerance=2", "--scrape.timestamp-tolerance: \"2\" is not a duration such as 2ms", 2)]
    [InlineData("--web.remote-write-receiver.accepted-protobuf-messages=x",
        "--web.remote-write-receiver.accepted-protobuf-messages: \"x\" is not one of prometheus.WriteRequest, io.prometheus.write.v2.Request", 2)]
    public void What_cannot_be_understood_is_refused_by_name(string arg, string message, int exitCode)
    {
        FlagException exception = Assert.Throws<FlagException>(() => Parse(arg));
        Assert.Equal(message, exception.Message);
        Assert.Equal(exitCode, exception.ExitCode);
    }

    [Fact]
    public void A_flag_does_not_take_the_next_flag_as_its_value()
    {
        FlagException exception = Assert.Throws<FlagException>(() => Parse("--log.level", "--agent"));
        Assert.Equal("expected argument for flag '--log.level'", exception.Message);
    }

    [Fact]
    public void What_is_not_repeatable_is_refused_the_second_time()
    {
        FlagException exception = Assert.Throws<FlagException>(() => Parse("--config.file=a", "--config.file=b"));
        Assert.Equal("flag 'config.file' cannot be repeated", exception.Message);
    }

    [Theory]
    [InlineData("storage.remote.read-sample-limit", "50000000")]
    [InlineData("storage.tsdb.retention.time", "0s")]
    [InlineData("storage.tsdb.wal-segment-size", "0B")]
    [InlineData("query.timeout", "2m")]
    [InlineData("web.listen-address", "0.0.0.0:9090")]
    public void Defaults_are_shown_in_the_normal_form(string name, string expected)
    {
        Assert.Equal(expected, Parse().Values.Get(name));
    }

    [Theory]
    [InlineData("--storage.tsdb.wal-segment-size=64MB", "storage.tsdb.wal-segment-size", "64MiB")]
    [InlineData("--query.lookback-delta=3600s", "query.lookback-delta", "1h")]
    [InlineData("--query.max-samples=5e7", "query.max-samples", "50000000")]
    [InlineData("--storage.tsdb.retention.time=36h", "storage.tsdb.retention.time", "1d12h")]
    public void Given_values_are_shown_in_the_normal_form_and_can_be_read_again(string arg, string name, string expected)
    {
        FlagValues values = Parse(arg).Values;
        Assert.Equal(expected, values.Get(name));
        Assert.Equal(expected, Parse($"--{name}={expected}").Values.Get(name));
    }

    private static (FlagValues Values, IReadOnlyList<string> Words) Parse(params string[] args) => FlagParser.Parse(FlagCatalog.Serve, args);
}
