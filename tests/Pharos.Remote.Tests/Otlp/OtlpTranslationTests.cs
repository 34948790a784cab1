using System.Net;
using Pharos.Remote.Configuration;
using Pharos.Remote.Otlp;

namespace Pharos.Remote.Tests.Otlp;

public sealed class OtlpTranslationTests
{
    private const string Service = """{"key":"service.name","value":{"stringValue":"api"}}""";

    [Fact]
    public void A_histogram_becomes_its_classic_series_and_its_exemplars_go_to_their_buckets()
    {
        var rig = new OtlpRig();
        string metric = """
            {"name":"request.duration","unit":"ms","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","startTimeUnixNano":"1","count":"6","sum":12.5,
              "bucketCounts":["1","2","3"],"explicitBounds":[0.5,1e21],"exemplars":[{"asDouble":0.5},{"asDouble":3},{"asDouble":"Infinity"}]}]}}
            """;

        foreach (bool asJson in (bool[])[false, true])
        {
            Assert.Equal(HttpStatusCode.OK, rig.Send(OtlpRig.Request(metric), asJson).Status);
            Assert.Equal(
                [
                    "request_duration_milliseconds_sum 12.5",
                    "request_duration_milliseconds_count 6",
                    "request_duration_milliseconds_bucket{le=\"0.5\"} 1",
                    "request_duration_milliseconds_bucket{le=\"1000000000000000000000\"} 3",
                    "request_duration_milliseconds_bucket{le=\"+Inf\"} 6",
                ],
                rig.Stored());
        }

        Assert.Equal([(3, 0.5), (4, 3), (5, double.PositiveInfinity)], rig.Exemplars.Exemplars.Take(3).Select(static e => ((int)e.Series.Value, e.Exemplar.Value)));
    }

    [Fact]
    public void A_histogram_without_a_sum_has_none_and_one_without_values_is_stale()
    {
        var rig = new OtlpRig();
        rig.Send(OtlpRig.Request("""
            {"name":"h","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","count":"6","sum":2,"flags":1,"bucketCounts":["1","2"],"explicitBounds":[1],"exemplars":[{"asInt":1}]}]}},
            {"name":"i","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","count":"6"}]}}
            """));

        Assert.Equal(["h_sum stale", "h_count stale", "h_bucket{le=\"1\"} stale", "h_bucket{le=\"+Inf\"} stale", "i_count 6", "i_bucket{le=\"+Inf\"} 6"], rig.Stored());
        Assert.Empty(rig.Exemplars.Exemplars);
    }

    [Fact]
    public void A_summary_becomes_a_sum_a_count_and_its_quantiles()
    {
        var rig = new OtlpRig();
        string metric = """{"name":"s","summary":{"dataPoints":[{"timeUnixNano":"NOW","count":"6","sum":2,"quantileValues":[{"quantile":0.5,"value":1},{"quantile":1,"value":"NaN"}]}]}}""";
        foreach (bool asJson in (bool[])[false, true])
        {
            rig.Send(OtlpRig.Request(metric), asJson);
            Assert.Equal(["s_sum 2", "s_count 6", "s{quantile=\"0.5\"} 1", "s{quantile=\"1\"} NaN"], rig.Stored());
        }
    }

    [Theory]
    [InlineData(true, "cpu_seconds_total")]
    [InlineData(false, "cpu_seconds")]
    public void Only_sums_that_grow_are_counters(bool isMonotonic, string name)
    {
        var rig = new OtlpRig();
        rig.Send(OtlpRig.Request("""{"name":"cpu","unit":"s","sum":{"isMonotonic":""" + (isMonotonic ? "true" : "false") + ""","aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","asInt":1}]}}"""));

        Assert.Equal([name + " 1"], rig.Stored());
    }

    [Fact]
    public void A_resource_with_more_to_tell_has_target_info_from_its_earliest_point_to_its_latest()
    {
        var rig = new OtlpRig(options: new OtlpOptions { LookbackDelta = TimeSpan.FromSeconds(4) });
        string resource = $"{Service},{OtlpRig.Attribute("host.name", "h1")},{OtlpRig.Attribute("service.version", "2")}";
        rig.Send(OtlpRig.Request($"{OtlpRig.Gauge("a", time: "1795132795000500000")},{OtlpRig.Gauge("b")}", resource));

        Assert.Equal(
            ["a{job=\"api\"} 1.5@-5000", "b{job=\"api\"} 1.5", "target_info{host_name=\"h1\", job=\"api\", service_version=\"2\"} 1@-5000 1@-3000 1@-1000 1"],
            rig.Stored());
    }

    [Theory]
    [InlineData(Service, false)]
    [InlineData("""{"key":"service.name","value":{"stringValue":"a"}},{"key":"service.namespace","value":{"stringValue":"b"}},{"key":"service.instance.id","value":{"stringValue":"c"}}""", false)]
    [InlineData("""{"key":"host","value":{"stringValue":"a"}}""", false)]
    [InlineData("""{"key":"host","value":{"stringValue":"a"}},{"key":"instance","value":{"stringValue":"b"}}""", true)]
    [InlineData("""{"key":"host","value":{"stringValue":"a"}},{"key":"service.instance.id","value":{"stringValue":"c"}}""", true)]
    public void Target_info_needs_somebody_it_is_about_and_something_to_say(string resource, bool expected)
    {
        var rig = new OtlpRig();
        rig.Send(OtlpRig.Request(OtlpRig.Gauge("a"), resource));

        Assert.Equal(expected, rig.Store.Series.Any(static s => s.MetricName == "target_info"));
    }

    [Fact]
    public void Identifying_attributes_stay_in_target_info_where_that_is_configured()
    {
        var rig = new OtlpRig(new OtlpConfig { KeepIdentifyingResourceAttributes = true });
        rig.Send(OtlpRig.Request(OtlpRig.Gauge("a"), $"{Service},{OtlpRig.Attribute("host", "h")}"));

        Assert.Contains("target_info{host=\"h\", job=\"api\", service_name=\"api\"} 1", rig.Stored());
    }

    [Fact]
    public void Resource_attributes_are_promoted_by_name_or_all_but_the_ignored()
    {
        string resource = $"{Service},{OtlpRig.Attribute("host.name", "h")},{OtlpRig.Attribute("k8s.pod.name", "p")}";
        string metric = OtlpRig.Gauge("a", attributes: OtlpRig.Attribute("k8s_pod_name", "own"));
        var named = new OtlpRig(new OtlpConfig { PromoteResourceAttributes = ["k8s.pod.name", "host.name"] });
        named.Send(OtlpRig.Request(metric, resource));
        Assert.Contains("a{host_name=\"h\", job=\"api\", k8s_pod_name=\"own\"} 1.5", named.Stored());

        var all = new OtlpRig(new OtlpConfig { PromoteAllResourceAttributes = true, IgnoreResourceAttributes = ["host.name"] });
        all.Send(OtlpRig.Request(OtlpRig.Gauge("a"), resource));
        Assert.Contains("a{job=\"api\", k8s_pod_name=\"p\", service_name=\"api\"} 1.5", all.Stored());
        Assert.Contains("target_info{host_name=\"h\", job=\"api\", k8s_pod_name=\"p\"} 1", all.Stored());
    }

    [Fact]
    public void The_scope_is_told_in_labels_where_that_is_configured()
    {
        string scope = """{"name":"lib","version":"1.2","attributes":[""" + OtlpRig.Attribute("short.name", "l") + """]}""";
        var rig = new OtlpRig(new OtlpConfig { PromoteScopeMetadata = true });
        rig.Send(OtlpRig.Request(OtlpRig.Gauge("a", attributes: OtlpRig.Attribute("otel_scope_name", "mine")), $"{Service},{OtlpRig.Attribute("h", "1")}", scope));
        Assert.Equal(
            ["a{job=\"api\", otel_scope_name=\"lib\", otel_scope_short_name=\"l\", otel_scope_version=\"1.2\"} 1.5", "target_info{h=\"1\", job=\"api\"} 1"],
            rig.Stored());

        var without = new OtlpRig();
        without.Send(OtlpRig.Request(OtlpRig.Gauge("a"), scope: scope));
        Assert.Equal(["a 1.5"], without.Stored());
    }

    [Fact]
    public void Types_and_units_become_labels_where_that_is_enabled()
    {
        var rig = new OtlpRig(options: new OtlpOptions { AddsTypeAndUnit = true });
        rig.Send(OtlpRig.Request(
            OtlpRig.Gauge("g", unit: "By/s") + """,{"name":"c","unit":"1","sum":{"isMonotonic":true,"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","asInt":1}]}}""",
            $"{Service},{OtlpRig.Attribute("h", "1")}"));

        Assert.Equal(
            ["g_bytes_per_second{__type__=\"gauge\", __unit__=\"bytes_per_second\", job=\"api\"} 1.5", "c_total{__type__=\"counter\", job=\"api\"} 1", "target_info{h=\"1\", job=\"api\"} 1"],
            rig.Stored());
    }

    [Theory]
    [InlineData("UnderscoreEscapingWithSuffixes", "http_server_duration_seconds{http_route=\"/\"} 1.5")]
    [InlineData("UnderscoreEscapingWithoutSuffixes", "http_server_duration{http_route=\"/\"} 1.5")]
    [InlineData("NoUTF8EscapingWithSuffixes", "{__name__=\"http.server.duration_seconds\", \"http.route\"=\"/\"} 1.5")]
    [InlineData("NoTranslation", "{__name__=\"http.server.duration\", \"http.route\"=\"/\"} 1.5")]
    [InlineData("", "{__name__=\"http.server.duration\", \"http.route\"=\"/\"} 1.5")]
    public void Every_strategy_names_as_upstream_does(string strategy, string expected)
    {
        var rig = new OtlpRig(new OtlpConfig { TranslationStrategy = strategy });
        rig.Send(OtlpRig.Request(OtlpRig.Gauge("http.server.duration", attributes: OtlpRig.Attribute("http.route", "/"), unit: "s")));

        Assert.Equal([expected], rig.Stored());
    }

    [Fact]
    public void An_attribute_given_twice_is_joined_or_where_names_stay_refused()
    {
        string metric = OtlpRig.Gauge("a", attributes: $"{OtlpRig.Attribute("x", "1")},{OtlpRig.Attribute("x", "2")}");
        var escaping = new OtlpRig();
        escaping.Send(OtlpRig.Request(metric));
        Assert.Equal(["a{x=\"1;2\"} 1.5"], escaping.Stored());

        var plain = new OtlpRig(new OtlpConfig { TranslationStrategy = "NoTranslation" });
        Assert.Equal("label name \"x\" is not unique: invalid sample", plain.Send(OtlpRig.Request(metric)).Message);
    }

    [Fact]
    public void Labels_that_are_set_by_the_server_win_over_attributes()
    {
        var rig = new OtlpRig();
        rig.Send(OtlpRig.Request(
            OtlpRig.Gauge("a", attributes: $"{OtlpRig.Attribute("__name__", "evil")},{OtlpRig.Attribute("job", "evil")},{OtlpRig.Attribute("instance", "kept")},{OtlpRig.Attribute("empty", "")}"), Service));

        Assert.Equal(["a{instance=\"kept\", job=\"api\"} 1.5"], rig.Stored());
    }

    [Theory]
    [InlineData("""{"boolValue":true}""", "true")]
    [InlineData("""{"intValue":"-9223372036854775808"}""", "-9223372036854775808")]
    [InlineData("""{"doubleValue":1e21}""", "1e+21")]
    [InlineData("""{"doubleValue":1.5e-7}""", "1.5e-7")]
    [InlineData("""{"doubleValue":100}""", "100")]
    [InlineData("""{"doubleValue":"Infinity"}""", "json: unsupported value: +Inf")]
    [InlineData("""{"bytesValue":"AQI="}""", "AQI=")]
    [InlineData("""{"arrayValue":{"values":[{"stringValue":"<a>"},{"intValue":1},{"boolValue":false},{},{"bytesValue":"AQI="},{"doubleValue":0.5}]}}""", """["\\u003ca\\u003e",1,false,null,"AQI=",0.5]""")]
    [InlineData("""{"kvlistValue":{"values":[{"key":"b","value":{"intValue":2}},{"key":"a","value":{"arrayValue":{"values":[]}}},{"key":"b","value":{"intValue":3}}]}}""", """{"a":[],"b":3}""")]
    [InlineData("""{"arrayValue":{"values":[{"doubleValue":"NaN"}]}}""", null)]
    [InlineData("{}", null)]
    public void Values_of_attributes_have_the_text_that_the_collector_gives_them(string value, string? expected)
    {
        foreach (bool asJson in (bool[])[false, true])
        {
            var rig = new OtlpRig();
            rig.Send(OtlpRig.Request(OtlpRig.Gauge("a", attributes: """{"key":"k","value":""" + value + """}""")), asJson);
            Assert.Equal(expected is null ? ["a 1.5"] : [$"a{{k={Core.Labels.GoQuote.Quote(expected.Replace(@"\\", @"\", StringComparison.Ordinal))}}} 1.5"], rig.Stored());
        }
    }
}
