using Microsoft.Extensions.Logging;
using Pharos.Server.Flags;
using Pharos.Server.Logging;
using Pharos.Server.Options;
using Pharos.Storage.Wal;

namespace Pharos.Server.Tests.Options;

public sealed class ServerOptionsReaderTests
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", int.MaxValue)]
    public void Remote_reads_at_once_are_limited_unless_the_limit_is_zero(string flag, int expected) =>
        Assert.Equal(expected, ServerOptionsReader.Read(["--storage.remote.read-concurrent-limit=" + flag]).RemoteRead.MaxConcurrency);

    [Fact]
    public void Without_flags_the_defaults_are_upstreams()
    {
        ServerOptions options = ServerOptionsReader.Read([]);
        Assert.Null(options.ConfigFile);
        Assert.Null(options.ConfigFolder);
        Assert.Null(options.AutoReloadInterval);
        Assert.Equal([new ListenAddress("0.0.0.0", 9090)], options.Web.ListenAddresses);
        Assert.Equal("", options.Web.RoutePrefix);
        Assert.Equal(512, options.Web.MaxConnections);
        Assert.Equal(AuthMode.Required, options.Web.Auth);
        Assert.Equal("data/", options.Storage.Path);
        Assert.Null(options.Storage.Retention);
        Assert.Null(options.Storage.SegmentSizeBytes);
        Assert.Equal(WalCompression.Snappy, options.Storage.Compression);
        Assert.Null(options.Storage.SyncInterval);
        Assert.Equal(TimeSpan.FromMinutes(5), options.Query.LookbackDelta);
        Assert.Equal(50_000_000, options.Query.MaxSamples);
        Assert.Equal(LogLevel.Information, options.LogLevel);
        Assert.Equal(LogFormat.Logfmt, options.LogFormat);
    }

    [Theory]
    [InlineData("--web.external-url=http://x.example/prom/", "/prom")]
    [InlineData("--web.external-url=/prom", "/prom")]
    [InlineData("--web.external-url=http://x.example", "")]
    [InlineData("--web.route-prefix=a/b/", "/a/b")]
    [InlineData("--web.route-prefix=/", "")]
    public void The_route_prefix_is_the_path_of_the_external_url_unless_given(string arg, string expected)
    {
        Assert.Equal(expected, ServerOptionsReader.Read([arg]).Web.RoutePrefix);
    }

    [Theory]
    [InlineData("segment", null)]
    [InlineData("always", 0)]
    [InlineData("250ms", 250)]
    [InlineData("1m", 60_000)]
    public void The_log_is_forced_to_disk_as_often_as_asked(string text, int? milliseconds)
    {
        TimeSpan? expected = milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
        Assert.Equal(expected, ServerOptionsReader.Read(["--storage.tsdb.wal-sync=" + text]).Storage.SyncInterval);
    }

    [Theory]
    [InlineData("never")]
    [InlineData("9ms")]
    [InlineData("")]
    public void Another_word_for_it_is_refused(string text)
    {
        FlagException refused = Assert.Throws<FlagException>(() => ServerOptionsReader.Read(["--storage.tsdb.wal-sync=" + text]));
        Assert.Equal($"--storage.tsdb.wal-sync: \"{text}\" is neither segment nor always nor a duration of at least 10ms", refused.Message);
    }

    [Theory]
    [InlineData(WalCompression.None, "--no-storage.tsdb.wal-compression", "--storage.tsdb.wal-compression-type=zstd")]
    [InlineData(WalCompression.Zstd, "--storage.tsdb.wal-compression-type=zstd")]
    [InlineData(WalCompression.Snappy, "--storage.tsdb.wal-compression-type=snappy")]
    public void The_log_is_compressed_as_asked(WalCompression expected, params string[] args)
    {
        Assert.Equal(expected, ServerOptionsReader.Read(args).Storage.Compression);
    }

    [Fact]
    public void Blocks_have_upstreams_spans_and_sizes_unless_told_otherwise()
    {
        StorageOptions storage = ServerOptionsReader.Read([]).Storage;
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.Zero, null, 0L), (storage.MinBlockDuration, storage.MaxBlockDuration, storage.BlockSegmentBytes, storage.RetentionBytes));
        Assert.Equal(TimeSpan.FromMinutes(1), storage.BlockReloadInterval);
        storage = ServerOptionsReader.Read(
        [
            "--storage.tsdb.min-block-duration=1h", "--storage.tsdb.max-block-duration=3h", "--storage.tsdb.max-block-chunk-segment-size=1MB",
            "--storage.tsdb.retention.size=10GB", "--storage.tsdb.block-reload-interval=5s",
        ]).Storage;
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromHours(3), 1L << 20, 10L << 30), (storage.MinBlockDuration, storage.MaxBlockDuration, storage.BlockSegmentBytes, storage.RetentionBytes));
        Assert.Equal(TimeSpan.FromSeconds(5), storage.BlockReloadInterval);
    }

    [Fact]
    public void A_route_prefix_beats_the_path_of_the_external_url()
    {
        Assert.Equal("", ServerOptionsReader.Read(["--web.external-url=http://x.example/prom", "--web.route-prefix=/"]).Web.RoutePrefix);
    }

    [Fact]
    public void A_folder_is_taken_instead_of_a_file()
    {
        Assert.Equal("conf", ServerOptionsReader.Read(["conf"]).ConfigFolder);
    }

    [Fact]
    public void Features_are_separated_by_commas_and_repeated()
    {
        ServerOptions options = ServerOptionsReader.Read(["--enable-feature=a,b", "--enable-feature=c"]);
        Assert.Equal(["a", "b", "c"], options.Features.Order());
    }

    [Theory]
    [InlineData("a b", 1)]
    [InlineData("a --config.file=b", 1)]
    [InlineData("--web.listen-address=nowhere", 1)]
    [InlineData("--web.cors.origin=(", 2)]
    [InlineData("--web.external-url=:foo", 2)]
    [InlineData("--query.max-samples=0", 2)]
    [InlineData("--web.max-connections=-1", 2)]
    public void Contradictions_and_wrong_values_are_refused(string args, int exitCode)
    {
        FlagException exception = Assert.Throws<FlagException>(() => ServerOptionsReader.Read(args.Split(' ')));
        Assert.Equal(exitCode, exception.ExitCode);
    }
}
