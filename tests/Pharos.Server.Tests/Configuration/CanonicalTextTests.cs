using Pharos.Config;
using Pharos.Server.Configuration;
using Pharos.Testing;

namespace Pharos.Server.Tests.Configuration;

public sealed class CanonicalTextTests
{
    // What Prometheus answers for the same file, but for its order within the global section and fields that are newer than the version asked.
    [Fact]
    public void The_configuration_is_printed_as_prometheus_prints_it()
    {
        PrometheusConfig config = PrometheusConfigReader.Parse(
            """
            global: {scrape_interval: 15s, external_labels: {b: "1", a: x}}
            scrape_configs:
            - job_name: a
              static_configs: [{targets: [localhost:9090], labels: {x: y}}]
              basic_auth: {username: u, password: hunter2}
              params: {m: [a, b]}
              proxy_url: http://u:hunter2@proxy:80
              metric_relabel_configs: [{action: drop, source_labels: [a], regex: "x|y"}]
            alerting:
              alertmanagers: [{static_configs: [{targets: [a:9093]}]}]
            storage: {tsdb: {out_of_order_time_window: 30m}}
            """,
            "/etc/prometheus.yml",
            new PrometheusConfigOptions { Environment = static _ => null });

        Assert.Equal(
            """
            global:
              scrape_interval: 15s
              scrape_timeout: 10s
              metric_name_validation_scheme: utf8
              metric_name_escaping_scheme: allow-utf-8
              scrape_native_histograms: false
              extra_scrape_metrics: false
              evaluation_interval: 1m
              external_labels:
                a: x
                b: "1"
            runtime:
              gogc: 75
            alerting:
              alertmanagers:
              - follow_redirects: true
                enable_http2: true
                scheme: http
                timeout: 10s
                api_version: v2
                static_configs:
                - targets:
                  - a:9093
            scrape_configs:
            - job_name: a
              honor_timestamps: true
              track_timestamps_staleness: false
              params:
                m:
                - a
                - b
              scrape_interval: 15s
              scrape_timeout: 10s
              scrape_native_histograms: false
              scrape_protocols:
              - OpenMetricsText1.0.0
              - OpenMetricsText0.0.1
              - PrometheusText1.0.0
              - PrometheusText0.0.4
              always_scrape_classic_histograms: false
              convert_classic_histograms_to_nhcb: false
              metrics_path: /metrics
              scheme: http
              enable_compression: true
              metric_name_validation_scheme: utf8
              metric_name_escaping_scheme: allow-utf-8
              extra_scrape_metrics: false
              basic_auth:
                username: u
                password: <secret>
              follow_redirects: true
              enable_http2: true
              proxy_url: http://u:xxxxx@proxy:80
              metric_relabel_configs:
              - source_labels: [a]
                separator: ;
                regex: x|y
                replacement: $1
                action: drop
              static_configs:
              - targets:
                - localhost:9090
                labels:
                  x: "y"
            storage:
              tsdb:
                out_of_order_time_window: 30m
            otlp:
              translation_strategy: UnderscoreEscapingWithSuffixes
              label_name_underscore_sanitization: true
              label_name_preserve_multiple_underscores: true

            """,
            config.CanonicalText);
    }

    [Fact]
    public void Every_configuration_that_loads_prints_a_text_that_reads_back_the_same()
    {
        Assert.SkipWhen(Repository.Shared is null && !Repository.IsContinuousIntegration, "../shared is not here");
        int read = 0;
        var options = new PrometheusConfigOptions { Environment = static _ => null };
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Shared!, "conformance", "config", "files"), "*.good.yml"))
        {
            // A dollar sign that was written twice would be read as a variable the second time.
            if (File.ReadAllText(file).Contains("$$", StringComparison.Ordinal))
            {
                continue;
            }

            PrometheusConfig config = PrometheusConfigReader.Load(file, options);
            Assert.Equal(config.CanonicalText, PrometheusConfigReader.Parse(config.CanonicalText, file, options).CanonicalText);
            read++;
        }

        Assert.InRange(read, 20, 1000);
    }

    [Fact]
    public void Mutated_configurations_load_or_are_refused_and_never_show_a_secret()
    {
        string[] lines = FuzzText.Split('\n');
        var random = new Random(20261120);
        for (int round = 0; round < 1000; round++)
        {
            string text = string.Join('\n', Mutate(lines, random));
            try
            {
                PrometheusConfig config = PrometheusConfigReader.Parse(text, "/etc/prometheus.yml", new PrometheusConfigOptions { Environment = static _ => null });
                Assert.DoesNotContain("hunter2", config.CanonicalText + string.Join('\n', config.Warnings) + config, StringComparison.Ordinal);
            }
            catch (ConfigException e)
            {
                Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
            }
        }
    }

    // Changes lines without secrets: their characters, their order, their number.
    private static List<string> Mutate(string[] lines, Random random)
    {
        List<string> mutated = [.. lines];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = random.Next(mutated.Count);
            string line = mutated[at];
            if (line.Contains("hunter2", StringComparison.Ordinal) || line.Length == 0)
            {
                continue;
            }

            int c = random.Next(line.Length);
            switch (random.Next(4))
            {
                case 0:
                    mutated[at] = string.Concat(line.AsSpan(0, c), ((char)random.Next(' ', 127)).ToString(), line.AsSpan(c + 1));
                    break;
                case 1:
                    mutated.RemoveAt(at);
                    break;
                case 2:
                    mutated.Insert(random.Next(mutated.Count), line);
                    break;
                default:
                    mutated[at] = line.Insert(c, random.Next(2) == 0 ? " " : ": ");
                    break;
            }
        }

        return mutated;
    }

    private const string FuzzText = """
        global:
          scrape_interval: 15s
          external_labels:
            a: x
        rule_files:
        - rules.yml
        scrape_configs:
        - job_name: a
          basic_auth:
            username: u
            password: hunter2
          tls_config:
            ca_file: ca
          static_configs:
          - targets:
            - localhost:9090
          relabel_configs:
          - source_labels: [a]
            target_label: b
        - job_name: b
          authorization:
            type: Bearer
            credentials: hunter2
          proxy_url: http://u:hunter2@proxy:80
          consul_sd_configs:
          - server: c:8500
            token: hunter2
          ec2_sd_configs:
          - region: r
            secret_key: hunter2
        - job_name: c
          oauth2:
            client_id: i
            client_secret: hunter2
            token_url: http://t
          http_headers:
            X-A:
              secrets:
              - hunter2
        remote_write:
        - url: http://u:hunter2@remote/push
          sigv4:
            access_key: k
            secret_key: hunter2
        storage:
          tsdb:
            out_of_order_time_window: 30m
        """;
}
