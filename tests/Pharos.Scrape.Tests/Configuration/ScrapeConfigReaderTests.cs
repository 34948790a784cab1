using Pharos.Config;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;
using Pharos.Scrape.Configuration;

namespace Pharos.Scrape.Tests.Configuration;

public sealed class ScrapeConfigReaderTests
{
    [Fact]
    public void A_job_with_a_name_alone_has_upstreams_defaults()
    {
        ScrapeConfig job = Job("job_name: a");

        Assert.Equal(("a", "/metrics", "http", true, true, false, false), (job.JobName, job.MetricsPath, job.Scheme, job.HonorTimestamps, job.EnableCompression, job.HonorLabels, job.TrackTimestampsStaleness));
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10)), (job.ScrapeInterval, job.ScrapeTimeout));
        Assert.Equal(ScrapeProtocolText.Default, job.ScrapeProtocols);
        Assert.Equal((ScrapeProtocol.None, NameValidation.Utf8, NameEscaping.None), (job.FallbackScrapeProtocol, job.NameValidation, job.NameEscaping));
        Assert.Empty(job.Discovery);
    }

    [Fact]
    public void Every_field_of_a_job_is_read()
    {
        ScrapeConfig job = Job("""
            job_name: a
            honor_labels: true
            honor_timestamps: false
            track_timestamps_staleness: true
            params: {m: [x, y], n: [z]}
            scrape_interval: 30s
            scrape_timeout: 20s
            scrape_protocols: [PrometheusText0.0.4, OpenMetricsText1.0.0]
            fallback_scrape_protocol: PrometheusText1.0.0
            scrape_native_histograms: true
            always_scrape_classic_histograms: true
            convert_classic_histograms_to_nhcb: true
            scrape_failure_log_file: fail.log
            metrics_path: /m
            scheme: https
            enable_compression: false
            body_size_limit: 10MB
            sample_limit: 1
            target_limit: 2
            label_limit: 3
            label_name_length_limit: 4
            label_value_length_limit: 5
            native_histogram_bucket_limit: 6
            native_histogram_min_bucket_factor: 1.1
            keep_dropped_targets: 7
            metric_name_validation_scheme: legacy
            metric_name_escaping_scheme: dots
            extra_scrape_metrics: true
            basic_auth: {username: u, password: p}
            relabel_configs: [{target_label: t}]
            metric_relabel_configs: [{action: drop, source_labels: [a]}]
            static_configs: [{targets: [a:1]}]
            file_sd_configs: [{files: [x.json]}]
            """);

        Assert.Equal(["m=x,y", "n=z"], job.Params.Select(p => $"{p.Key}={string.Join(',', p.Value)}"));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20)), (job.ScrapeInterval, job.ScrapeTimeout));
        Assert.Equal([ScrapeProtocol.PrometheusText004, ScrapeProtocol.OpenMetricsText100], job.ScrapeProtocols);
        Assert.Equal(ScrapeProtocol.PrometheusText100, job.FallbackScrapeProtocol);
        Assert.True(job.HonorLabels && !job.HonorTimestamps && job.TrackTimestampsStaleness && !job.EnableCompression);
        Assert.True(job.ScrapeNativeHistograms && job.AlwaysScrapeClassicHistograms && job.ConvertClassicHistogramsToNhcb && job.ExtraScrapeMetrics);
        Assert.Equal((10L << 20, 1L, 2L, 3L, 4L, 5L), (job.BodySizeLimit, job.SampleLimit, job.TargetLimit, job.LabelLimit, job.LabelNameLengthLimit, job.LabelValueLengthLimit));
        Assert.Equal((6L, 1.1, 7L), (job.NativeHistogramBucketLimit, job.NativeHistogramMinBucketFactor, job.KeepDroppedTargets));
        Assert.Equal((NameValidation.Legacy, NameEscaping.Dots), (job.NameValidation, job.NameEscaping));
        Assert.Equal(("/m", "https", Path.GetFullPath("fail.log"), "u"), (job.MetricsPath, job.Scheme, job.ScrapeFailureLogFile, job.Http.BasicAuth!.Username));
        Assert.Equal(NameValidation.Legacy, Assert.Single(job.RelabelConfigs).NameValidation);
        Assert.Single(job.MetricRelabelConfigs);
        Assert.Equal(["file", "static"], job.Discovery.Select(d => d.Mechanism));
    }

    [Fact]
    public void What_a_job_does_not_say_it_inherits()
    {
        ScrapeDefaults defaults = Defaults("""
            scrape_interval: 5s
            scrape_protocols: [PrometheusProto]
            scrape_failure_log_file: /log
            body_size_limit: 1KB
            sample_limit: 1
            target_limit: 2
            label_limit: 3
            label_name_length_limit: 4
            label_value_length_limit: 5
            keep_dropped_targets: 6
            metric_name_validation_scheme: legacy
            scrape_native_histograms: true
            convert_classic_histograms_to_nhcb: true
            always_scrape_classic_histograms: true
            extra_scrape_metrics: true
            """);
        ScrapeConfig job = Job("job_name: a\nsample_limit: 0\nscrape_native_histograms: false", defaults);

        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)), (job.ScrapeInterval, job.ScrapeTimeout));
        Assert.Equal((1024L, 1L, 2L, 3L, 4L, 5L, 6L), (job.BodySizeLimit, job.SampleLimit, job.TargetLimit, job.LabelLimit, job.LabelNameLengthLimit, job.LabelValueLengthLimit, job.KeepDroppedTargets));
        Assert.Equal([ScrapeProtocol.PrometheusProto], job.ScrapeProtocols);
        Assert.Equal(("/log", NameValidation.Legacy, NameEscaping.Underscores), (job.ScrapeFailureLogFile, job.NameValidation, job.NameEscaping));
        Assert.True(!job.ScrapeNativeHistograms && job.ConvertClassicHistogramsToNhcb && job.AlwaysScrapeClassicHistograms && job.ExtraScrapeMetrics);
    }

    [Fact]
    public void A_shorter_interval_shortens_the_inherited_timeout() =>
        Assert.Equal(TimeSpan.FromSeconds(3), Job("{job_name: a, scrape_interval: 3s}").ScrapeTimeout);

    [Fact]
    public void Native_histograms_ask_for_protobuf_first() =>
        Assert.Equal(ScrapeProtocol.PrometheusProto, Job("{job_name: a, scrape_native_histograms: true}").ScrapeProtocols[0]);

    [Fact]
    public void A_job_with_legacy_names_of_its_own_does_not_inherit_utf8_escaping() =>
        Assert.Equal(NameEscaping.Underscores, Job("{job_name: a, metric_name_validation_scheme: legacy}").NameEscaping);

    [Theory]
    [InlineData("metrics_path: /", 1, 18, "job_name is empty")]
    [InlineData("job_name: ''", 1, 29, "job_name is empty")]
    [InlineData("job_name: a, scrape_timeout: 2m", 1, 48, "scrape timeout greater than scrape interval for scrape config with job name \"a\"")]
    [InlineData("job_name: a, scrape_protocols: []", 1, 50, "scrape_protocols cannot be empty for scrape config with job name \"a\"")]
    [InlineData("job_name: a, scrape_protocols: [x]", 1, 50, "scrape_protocols: unknown scrape protocol x, supported: [OpenMetricsText0.0.1 OpenMetricsText1.0.0 PrometheusProto PrometheusText0.0.4 PrometheusText1.0.0] for scrape config with job name \"a\"")]
    [InlineData("job_name: a, scrape_protocols: [PrometheusProto, PrometheusProto]", 1, 50, "duplicated protocol in scrape_protocols, got [PrometheusProto PrometheusProto] for scrape config with job name \"a\"")]
    [InlineData("job_name: a, metric_name_validation_scheme: ascii", 1, 63, "unrecognized ValidationScheme: \"ascii\"")]
    [InlineData("job_name: a, metric_name_escaping_scheme: x", 1, 61, "unknown scrape config name escaping method specified, must be one of 'allow-utf-8', 'underscores', 'dots', or 'values', got \"x\"")]
    [InlineData("job_name: a, sample_limit: -1", 1, 46, "cannot unmarshal !!int `-1` into uint")]
    [InlineData("job_name: a, metrics_paht: /x", 1, 32, "field metrics_paht not found in type config.ScrapeConfig")]
    [InlineData("job_name: a, relabel_configs: [~]", 1, 50, "empty or null target relabeling rule in scrape config")]
    [InlineData("job_name: a, static_configs: [{targets: [http://x]}]", 1, 60, "\"http://x\" is not a valid hostname")]
    public void A_wrong_job_is_refused_at_its_place(string job, int line, int column, string message)
    {
        (_, ConfigDiagnostics found) = Read($"scrape_configs: [{{{job}}}]", new ScrapeDefaults());

        ConfigError error = Assert.Single(found.Errors);
        Assert.Equal((line, column, message), (error.Line, error.Column, error.Message));
    }

    [Fact]
    public void A_job_that_is_null_is_refused()
    {
        (IReadOnlyList<ScrapeConfig> jobs, ConfigDiagnostics found) = Read("scrape_configs:\n- ~\n", new ScrapeDefaults());

        Assert.Empty(jobs);
        Assert.Equal("empty or null scrape config section", Assert.Single(found.Errors).Message);
    }

    [Fact]
    public void Fingerprints_tell_what_must_be_restarted()
    {
        string fingerprint = Job("{job_name: a, bearer_token: x}").Fingerprint;

        Assert.Equal(fingerprint, Job("{bearer_token: 'x', job_name: a, scheme: http}").Fingerprint);
        Assert.NotEqual(fingerprint, Job("{job_name: a, bearer_token: y}").Fingerprint);
        Assert.NotEqual(fingerprint, Job("{job_name: a, bearer_token: x}", new ScrapeDefaults { SampleLimit = 1 }).Fingerprint);
    }

    [Theory]
    [InlineData("scrape_interval: 5s\nscrape_timeout: 6s", "global scrape timeout greater than scrape interval")]
    [InlineData("scrape_protocols: [x]", "scrape_protocols: unknown scrape protocol x, supported: [OpenMetricsText0.0.1 OpenMetricsText1.0.0 PrometheusProto PrometheusText0.0.4 PrometheusText1.0.0] for global config")]
    [InlineData("metric_name_escaping_scheme: x", "unknown global name escaping method specified, must be one of 'allow-utf-8', 'underscores', 'dots', or 'values', got \"x\"")]
    public void Wrong_defaults_are_refused(string text, string message)
    {
        var found = new ConfigDiagnostics("test.yml");
        YamlMapping.Read(Parse(text), "config.plain", default, found, ScrapeDefaults.Read, out _);

        Assert.Equal(message, Assert.Single(found.Errors).Message);
    }

    private static ScrapeDefaults Defaults(string text)
    {
        var found = new ConfigDiagnostics("test.yml");
        ScrapeDefaults defaults = YamlMapping.Read(Parse(text), "config.plain", default, found, ScrapeDefaults.Read, out _)!;
        Assert.Empty(found.Errors);
        return defaults;
    }

    private static ScrapeConfig Job(string text, ScrapeDefaults? defaults = null)
    {
        string item = text.StartsWith('{') ? text : "\n  " + text.Replace("\n", "\n  ", StringComparison.Ordinal);
        (IReadOnlyList<ScrapeConfig> jobs, ConfigDiagnostics found) = Read($"scrape_configs:\n-{(item[0] == '\n' ? item : " " + item)}\n", defaults ?? new ScrapeDefaults());
        Assert.Empty(found.Errors);
        return Assert.Single(jobs);
    }

    private static (IReadOnlyList<ScrapeConfig> Jobs, ConfigDiagnostics Found) Read(string text, ScrapeDefaults defaults)
    {
        var found = new ConfigDiagnostics("test.yml");
        return (YamlMapping.Read(Parse(text), "config.plain", default, found, map => map.ReadScrapeConfigs(defaults), out CanonicalMapping _) ?? [], found);
    }

    private static YamlNode Parse(string text) => YamlParser.ParseText(text, new ConfigDiagnostics("test.yml"))![0];
}
