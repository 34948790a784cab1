using Pharos.Config;
using Pharos.Server.Configuration;
using Pharos.Testing;

namespace Pharos.Server.Tests.Configuration;

public sealed class PrometheusConfigReaderTests
{
    [Fact]
    public void An_empty_file_is_the_defaults()
    {
        PrometheusConfig config = Parse("");

        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10)), (config.Global.EvaluationInterval, config.Global.Scrape.ScrapeInterval, config.Global.Scrape.ScrapeTimeout));
        Assert.Equal((75, 100_000L), (config.Runtime.GoGc, config.Storage.MaxExemplars));
        Assert.Empty(config.ScrapeConfigs);
        Assert.Empty(config.Warnings);
        Assert.Null(config.Tracing);
    }

    [Fact]
    public void Sections_are_read_and_paths_seen_from_the_file()
    {
        PrometheusConfig config = Parse("""
            global: {evaluation_interval: 30s, rule_query_offset: 5s, query_log_file: q.log}
            runtime: {gogc: 42}
            rule_files: [first.rules, my/*.rules, /abs.rules]
            storage:
              tsdb: {out_of_order_time_window: 30m, stale_series_compaction_threshold: 0.5, chunk_encoding: {floats: xor}, retention: {time: 1d, size: 1GB, percentage: 28}}
              exemplars: {max_exemplars: 5}
            tracing: {endpoint: a:1, client_type: http, sampling_fraction: 0.1}
            """);

        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), "/etc/p/q.log"), (config.Global.EvaluationInterval, config.Global.RuleQueryOffset, config.Global.QueryLogFile));
        Assert.Equal(["/etc/p/first.rules", "/etc/p/my/*.rules", "/abs.rules"], config.RuleFiles);
        Assert.Equal(
            new StorageConfig { OutOfOrderTimeWindow = TimeSpan.FromMinutes(30), StaleSeriesCompactionThreshold = 0.5, FloatChunkEncoding = "xor", RetentionTime = TimeSpan.FromDays(1), RetentionSize = 1 << 30, RetentionPercentage = 28, MaxExemplars = 5 },
            config.Storage);
        Assert.Equal(("a:1", "http", 0.1), (config.Tracing!.Endpoint, config.Tracing.ClientType, config.Tracing.SamplingFraction));
        Assert.Equal(42, config.Runtime.GoGc);
        Assert.Contains(config.Warnings, w => w.Message.StartsWith("tracing: not yet supported", StringComparison.Ordinal));
        Assert.Contains(config.Warnings, w => w.Message == "rule_files: no file matches /abs.rules");
    }

    [Theory]
    [InlineData("TestValue", "bar=foo baz=fooTestValuebar foo=TestValue qux=foo${TEST} xyz=foo$bar", 0)]
    [InlineData(null, "bar=foo baz=foobar qux=foo${TEST} xyz=foo$bar", 2)]
    public void External_labels_take_variables_of_the_environment(string? value, string expected, int warnings)
    {
        PrometheusConfig config = Parse(
            "global:\n  external_labels:\n    bar: foo\n    foo: ${TEST}\n    baz: foo${TEST}bar\n    qux: foo$${TEST}\n    xyz: foo$$bar\n",
            new PrometheusConfigOptions { Environment = name => name == "TEST" ? value : null });

        Assert.Equal(expected, string.Join(' ', config.Global.ExternalLabels.Select(l => $"{l.Name}={l.Value}")));
        Assert.Equal(warnings, config.Warnings.Count);
    }

    [Theory]
    [InlineData("bogus: 1", 1, 1, "field bogus not found in type config.plain")]
    [InlineData("global: {scrape_interval: soon}", 1, 27, "not a valid duration string: \"soon\"")]
    [InlineData("global:\n  external_labels: {'': x}", 2, 21, "\"\" is not a valid label name")]
    [InlineData("global:\n  metric_name_validation_scheme: legacy\n  external_labels: {a-b: x}", 3, 21, "\"a-b\" is not a valid label name")]
    [InlineData("global:\n  external_labels: {a: [x]}", 2, 24, "cannot unmarshal !!seq into string")]
    [InlineData("rule_files: ['a/*/b']", 1, 14, "invalid rule file path \"a/*/b\"")]
    [InlineData("scrape_configs: [{job_name: a}, {job_name: a}]", 1, 44, "found multiple scrape configs with job name \"a\"")]
    [InlineData("remote_read: [{url: 'http://a', name: n}, {url: 'http://b', name: n}]", 1, 67, "found multiple remote read configs with job name \"n\"")]
    [InlineData("remote_write: [~]", 1, 16, "empty or null remote write config section")]
    [InlineData("storage: {tsdb: {retention: {size: -1KB}}}", 1, 36, "'storage.tsdb.retention.size' must be greater than or equal to 0, got -1KiB")]
    [InlineData("storage: {tsdb: {retention: {percentage: 101}}}", 1, 42, "'storage.tsdb.retention.percentage' must be in the range [0, 100], got 101")]
    [InlineData("tracing: {endpoint: a, client_type: udp}", 1, 37, "expected tracing client type to be to be http or grpc, but got udp")]
    [InlineData("- a", 1, 1, "cannot unmarshal !!seq into config.plain")]
    [InlineData("just text", 1, 1, "cannot unmarshal !!str into config.plain")]
    public void What_is_wrong_is_refused_at_its_place(string text, int line, int column, string message)
    {
        ConfigError error = Assert.Single(Assert.Throws<ConfigException>(() => Parse(text)).Errors);

        Assert.Equal(("/etc/p/prometheus.yml", line, column, message), (error.File, error.Line, error.Column, error.Message));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_in_the_order_of_the_file()
    {
        ConfigException refused = Assert.Throws<ConfigException>(() => Parse("""
            scrape_configs:
            - job_name: a
              scrape_interval: never
              static_configs:
              - targets: [http://x]
            - metrics_path: /
            global: {scrape_timeout: 5m}
            remote_write: [{name: x}]
            extra: true
            """));

        Assert.Equal([3, 5, 6, 7, 8, 9], refused.Errors.Select(e => e.Line));
    }

    [Theory]
    [InlineData("alerting: {alertmanagers: [{static_configs: [{targets: [a]}]}]}", "field alerting is not allowed in agent mode")]
    [InlineData("rule_files: [a.yml]", "field rule_files is not allowed in agent mode")]
    [InlineData("remote_read: [{url: 'http://a'}]", "field remote_read is not allowed in agent mode")]
    public void An_agent_refuses_what_it_does_not_do(string text, string message)
    {
        Parse(text);

        Assert.Equal(message, Assert.Single(Assert.Throws<ConfigException>(() => Parse(text, new PrometheusConfigOptions { AgentMode = true })).Errors).Message);
    }

    [Fact]
    public void Files_of_jobs_are_read_with_their_own_folder()
    {
        using var folder = new TempFolder();
        folder.Write("jobs/a.yml", "scrape_configs: [{job_name: a, bearer_token_file: token}]");
        folder.Write("jobs/b.yml", "scrape_configs: [{job_name: b}]");
        string path = folder.Write("prometheus.yml", "global: {sample_limit: 7}\nscrape_config_files: ['jobs/*.yml', none.yml]\nscrape_configs: [{job_name: main}]");

        PrometheusConfig config = PrometheusConfigReader.Load(path);

        Assert.Equal(["main", "a", "b"], config.ScrapeConfigs.Select(j => j.JobName));
        Assert.Equal((folder.File("jobs/token"), 7L), (config.ScrapeConfigs[1].Http.Authorization!.CredentialsFile, config.ScrapeConfigs[1].SampleLimit));
        Assert.Contains(config.Warnings, w => w.Message == $"scrape_config_files: no file matches {folder.File("none.yml")}");
    }

    [Fact]
    public void What_is_wrong_in_a_file_of_jobs_is_said_at_its_place_there()
    {
        using var folder = new TempFolder();
        string jobs = folder.Write("jobs.yml", "scrape_configs:\n- job_name: main\n- job_name: x\n  sample_limit: many\n");
        string path = folder.Write("prometheus.yml", "scrape_config_files: [jobs.yml]\nscrape_configs: [{job_name: main}]\nbogus: 1");

        ConfigException refused = Assert.Throws<ConfigException>(() => PrometheusConfigReader.Load(path));

        Assert.Equal(
            [
                (path, 3, "field bogus not found in type config.plain"),
                (jobs, 2, "found multiple scrape configs with job name \"main\", first found in main config file"),
                (jobs, 4, "cannot unmarshal !!str `many` into uint"),
            ],
            refused.Errors.Select(e => (e.File, e.Line, e.Message)));
    }

    [Fact]
    public void A_rule_file_that_a_pattern_just_misses_is_warned_about()
    {
        using var folder = new TempFolder();
        folder.Write("a.yml", "");
        folder.Write("prometheus-rules.yaml", "");

        ConfigWarning warning = Assert.Single(PrometheusConfigReader.Load(folder.Write("prometheus.conf", "rule_files:\n- '*.yml'\n")).Warnings);

        Assert.Equal((2, 3, "rule_files: *.yml does not name prometheus-rules.yaml"), (warning.Line, warning.Column, warning.Message));
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_by_name() =>
        Assert.Equal("parsing YAML file /none/prometheus.yml: no such file or directory", Assert.Throws<ConfigException>(() => PrometheusConfigReader.Load("/none/prometheus.yml")).Message);

    [Fact]
    public void The_fingerprint_changes_with_what_is_said_and_not_with_how()
    {
        string fingerprint = Parse("global: {scrape_interval: 60s}\n").Fingerprint;

        Assert.Equal(fingerprint, Parse("# comment\nglobal:\n  scrape_interval: \"1m\"").Fingerprint);
        Assert.NotEqual(fingerprint, Parse("global: {scrape_interval: 61s}").Fingerprint);
    }

    private static PrometheusConfig Parse(string text, PrometheusConfigOptions? options = null) =>
        PrometheusConfigReader.Parse(text, "/etc/p/prometheus.yml", options ?? new PrometheusConfigOptions { Environment = static _ => null });
}
