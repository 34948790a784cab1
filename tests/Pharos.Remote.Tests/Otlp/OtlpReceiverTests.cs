using System.Net;
using System.Text;
using Pharos.Core.Samples;
using Pharos.Remote.Configuration;
using Pharos.Remote.Otlp;
using Pharos.Remote.Otlp.Translation;

namespace Pharos.Remote.Tests.Otlp;

public sealed class OtlpReceiverTests
{
    private readonly OtlpRig _rig = new();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_gauge_becomes_a_series_with_job_and_instance(bool asJson, bool asGzip)
    {
        string resource = $"{OtlpRig.Attribute("service.name", "api")},{OtlpRig.Attribute("service.namespace", "shop")},{OtlpRig.Attribute("service.instance.id", "a-1")}";
        string request = OtlpRig.Request(OtlpRig.Gauge("cpu.temperature", attributes: OtlpRig.Attribute("core.id", "3"), unit: "Cel"), resource);

        Assert.Equal(new OtlpResponse(HttpStatusCode.OK, "", []).Status, _rig.Send(request, asJson, asGzip).Status);
        Assert.Equal(["cpu_temperature_celsius{core_id=\"3\", instance=\"a-1\", job=\"shop/api\"} 1.5"], _rig.Stored());
        Assert.Equal(1, _rig.Receiver.Counters.SamplesAppended);
    }

    [Fact]
    public void The_second_request_of_a_sender_finds_its_series_by_their_bytes()
    {
        _rig.Send(OtlpRig.Request(OtlpRig.Gauge("a", attributes: OtlpRig.Attribute("z", "1") + "," + OtlpRig.Attribute("b", "2"))));
        _rig.Send(OtlpRig.Request(OtlpRig.Gauge("a", attributes: OtlpRig.Attribute("b", "2") + "," + OtlpRig.Attribute("z", "1"), time: "1795132801000000000")));

        Assert.Equal(["a{b=\"2\", z=\"1\"} 1.5 1.5@1000"], _rig.Stored());
        Assert.Equal((2, 1), _rig.Store.Lookups);
    }

    [Theory]
    [InlineData("\"asInt\":\"-7\"", "-7")]
    [InlineData("\"asInt\":-7", "-7")]
    [InlineData("\"asInt\":\"9223372036854775807\"", "9.223372036854776e+18")]
    [InlineData("\"asDouble\":\"Infinity\"", "+Inf")]
    [InlineData("\"asDouble\":\"NaN\"", "NaN")]
    [InlineData("\"asDouble\":\"0.1\"", "0.1")]
    [InlineData("\"asDouble\":3,\"flags\":1", "stale")]
    [InlineData("\"asDouble\":3,\"flags\":3", "stale")]
    [InlineData("\"asDouble\":3,\"flags\":2", "3")]
    [InlineData("\"flags\":0", "0")]
    public void Numbers_of_every_kind_are_taken_from_both_encodings(string value, string expected)
    {
        foreach (bool asJson in (bool[])[false, true])
        {
            var rig = new OtlpRig();
            Assert.Equal(HttpStatusCode.OK, rig.Send(OtlpRig.Request(OtlpRig.Gauge("g", value)), asJson).Status);
            Assert.Equal(["g " + expected], rig.Stored());
        }
    }

    [Fact]
    public void A_time_is_cut_to_milliseconds()
    {
        _rig.Send(OtlpRig.Request(OtlpRig.Gauge("g", time: "1795132800001999999")));

        Assert.Equal(["g 1.5@1"], _rig.Stored());
    }

    [Theory]
    [InlineData("text/plain", null, "unsupported content type: text/plain, supported: [application/json, application/x-protobuf]")]
    [InlineData("application/x-protobuf", "zstd", "unsupported compression: zstd. Only \"gzip\" or no compression supported")]
    [InlineData("", null, "unsupported content type: , supported: [application/json, application/x-protobuf]")]
    public void Other_formats_are_refused_in_upstreams_words(string contentType, string? encoding, string message)
    {
        OtlpResponse response = _rig.Receiver.Receive(contentType, encoding, default);

        Assert.Equal((HttpStatusCode.BadRequest, message), (response.Status, response.Message));
        Assert.Equal(1, _rig.Receiver.Counters.RequestsRefused);
    }

    [Fact]
    public void Parameters_of_the_type_do_not_matter() =>
        Assert.Equal(HttpStatusCode.OK, _rig.Send("Application/JSON; charset=utf-8", Encoding.UTF8.GetBytes(OtlpRig.Request(OtlpRig.Gauge("g")))).Status);

    [Fact]
    public void An_empty_request_stores_nothing_and_is_right()
    {
        Assert.Equal(HttpStatusCode.OK, _rig.Send("application/x-protobuf", []).Status);
        Assert.Equal(HttpStatusCode.OK, _rig.Send("{}", asJson: true).Status);
        Assert.Equal(0, _rig.Store.Batches);
    }

    [Fact]
    public void What_cannot_be_translated_makes_the_whole_request_fail_with_everything_named()
    {
        string[] metrics =
        [
            OtlpRig.Gauge("fine"),
            """{"name":"d","sum":{"aggregationTemporality":1,"dataPoints":[{"timeUnixNano":"NOW","asInt":1}]}}""",
            """{"name":"u","sum":{"dataPoints":[{"timeUnixNano":"NOW","asInt":1}]}}""",
            """{"name":"nothing"}""",
            OtlpRig.Gauge("..."),
            OtlpRig.Gauge("h", attributes: OtlpRig.Attribute("", "x")),
            OtlpRig.Gauge("i", attributes: OtlpRig.Attribute("--", "x")),
        ];
        OtlpResponse response = _rig.Send(OtlpRig.Request(string.Join(',', metrics)));

        Assert.Equal(HttpStatusCode.InternalServerError, response.Status);
        Assert.Equal(
            """
            invalid temporality and type combination for metric "d"
            invalid temporality and type combination for metric "u"
            could not get aggregation temporality for nothing as it has unsupported metric type Empty
            normalization for metric "..." resulted in empty name
            label name is empty
            normalization for label name "--" resulted in invalid name "__"
            """.ReplaceLineEndings("\n"),
            response.Message);
        Assert.Equal(0, _rig.Store.Batches);
        Assert.Empty(_rig.Store.Series);
    }

    [Fact]
    public void Deltas_are_stored_as_they_come_where_that_is_allowed()
    {
        var rig = new OtlpRig(options: new OtlpOptions { TakesDeltas = true, AddsTypeAndUnit = true });
        string metric = """{"name":"d","unit":"s","sum":{"isMonotonic":true,"aggregationTemporality":"AGGREGATION_TEMPORALITY_DELTA","dataPoints":[{"timeUnixNano":"NOW","asInt":1}]}}""";

        Assert.Equal(HttpStatusCode.OK, rig.Send(OtlpRig.Request(metric), asJson: true).Status);
        Assert.Equal(["d_seconds_total{__unit__=\"seconds\"} 1"], rig.Stored());
    }

    [Fact]
    public void Samples_that_come_too_late_are_told_and_the_others_stored()
    {
        _rig.Send(OtlpRig.Request(OtlpRig.Gauge("a")));
        OtlpResponse response = _rig.Send(OtlpRig.Request(
            $"{OtlpRig.Gauge("a", time: "1795132799000000000")},{OtlpRig.Gauge("b")},{OtlpRig.Gauge("a", "\"asInt\":9")},{OtlpRig.Gauge("c", time: "1795133401000000000")}"));

        Assert.Equal(
            (HttpStatusCode.BadRequest, "out of bounds: timestamp is too far in the future for series {__name__=\"c\"}\nout of order sample for series {__name__=\"a\"}\nduplicate sample for timestamp for series {__name__=\"a\"}"),
            (response.Status, response.Message));
        Assert.Equal(["a 1.5", "b 1.5"], _rig.Stored());
        Assert.Equal(3, _rig.Receiver.Counters.SamplesRefused);
    }

    [Fact]
    public void What_another_sample_of_the_same_request_is_in_the_way_of_is_left_out_without_a_word()
    {
        OtlpResponse response = _rig.Send(OtlpRig.Request($"{OtlpRig.Gauge("a.b")},{OtlpRig.Gauge("a_b", "\"asInt\":9")},{OtlpRig.Gauge("a b", time: "1795132799000000000")}"));

        Assert.Equal(HttpStatusCode.OK, response.Status);
        Assert.Equal(["a_b 1.5"], _rig.Stored());
        Assert.Equal(2, _rig.Receiver.Counters.SamplesRefused);
    }

    [Fact]
    public void Series_that_the_store_drops_meanwhile_are_made_anew()
    {
        _rig.Send(OtlpRig.Request(OtlpRig.Gauge("a")));
        _rig.Store.DropsBeforeAppend = 1;

        Assert.Equal(HttpStatusCode.OK, _rig.Send(OtlpRig.Request(OtlpRig.Gauge("a", time: "1795132801000000000"))).Status);
        Assert.Equal(["a 1.5@1000"], _rig.Stored());

        _rig.Store.DropsBeforeAppend = 9;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, _rig.Send(OtlpRig.Request(OtlpRig.Gauge("a", time: "1795132802000000000"))).Status);
    }

    [Fact]
    public void A_store_that_takes_nothing_asks_to_try_again()
    {
        _rig.Store.IsUnavailable = true;

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "cannot write the log: no space left on device"),
            _rig.Send(OtlpRig.Request(OtlpRig.Gauge("a"))) is var response ? (response.Status, response.Message) : default);
    }

    [Fact]
    public void Without_room_for_new_series_the_known_ones_are_stored()
    {
        _rig.Send(OtlpRig.Request(OtlpRig.Gauge("a")));
        _rig.Store.SeriesLimit = 1;
        OtlpResponse response = _rig.Send(OtlpRig.Request($"{OtlpRig.Gauge("b")},{OtlpRig.Gauge("a", time: "1795132801000000000")}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.Status);
        Assert.EndsWith("for series {__name__=\"b\"}", response.Message, StringComparison.Ordinal);
        Assert.Equal(["a 1.5 1.5@1000"], _rig.Stored());
    }

    [Fact]
    public void Warnings_are_counted_by_category_and_told()
    {
        string collision = $"{OtlpRig.Attribute("x-y", "1")},{OtlpRig.Attribute("x.y", "2")},{OtlpRig.Attribute("x_y", "3")}";
        string metrics = """{"name":"none","gauge":{}},{"name":"none","gauge":{}},{"name":"none2","sum":{"aggregationTemporality":2}},""" + OtlpRig.Gauge("g", attributes: collision) + """,""" + OtlpRig.Gauge("h", attributes: collision);
        OtlpResponse response = _rig.Send(OtlpRig.Request(metrics), asJson: true);

        Assert.Equal(HttpStatusCode.OK, response.Status);
        Assert.Equal(
            [
                "empty data points. none is dropped",
                "empty data points. none2 is dropped",
                "OTLP data point attributes \"x-y\", \"x.y\", \"x_y\" collide as label \"x_y\" after name sanitization, values are concatenated with ';'",
            ],
            response.Warnings);
        Assert.Equal((2, 1), (_rig.Receiver.Counters.WarningsOf(TranslationWarning.EmptyDataPoints), _rig.Receiver.Counters.WarningsOf(TranslationWarning.LabelNameCollision)));
        Assert.Equal(["g{x_y=\"1;2;3\"} 1.5", "h{x_y=\"1;2;3\"} 1.5"], _rig.Stored());
    }

    [Fact]
    public void Exemplars_of_sums_go_with_their_samples()
    {
        string long130 = OtlpRig.Attribute("long", new string('x', 130));
        string metric = """
            {"name":"hits","sum":{"isMonotonic":true,"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","asInt":"5","exemplars":[
              {"timeUnixNano":"1795132799500000000","asDouble":0.5,"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","filteredAttributes":[SHORT]},
              {"asInt":"2","filteredAttributes":[LONG]}]}]}}
            """.Replace("SHORT", OtlpRig.Attribute("user.id", "7"), StringComparison.Ordinal).Replace("LONG", long130, StringComparison.Ordinal);
        foreach (bool asJson in (bool[])[false, true])
        {
            var rig = new OtlpRig();
            Assert.Equal(HttpStatusCode.OK, rig.Send(OtlpRig.Request(metric), asJson).Status);
            Assert.Equal(
                [("{span_id=\"eee19b7ec3c1b174\", trace_id=\"5b8efff798038103d269b633813fc60c\", user.id=\"7\"}", 0.5, OtlpRig.Now - 500, true), ("{}", 2, 0, false)],
                rig.Exemplars.Exemplars.Select(static e => (e.Exemplar.Labels.ToString().Replace("\"user.id\"", "user.id", StringComparison.Ordinal), e.Exemplar.Value, e.Exemplar.Timestamp, e.Exemplar.HasTimestamp)));
            Assert.Equal((2, 0, 0), (rig.Receiver.Counters.ExemplarsAppended, rig.Receiver.Counters.ExemplarsIgnored, rig.Receiver.Counters.ExemplarsOutOfOrder));
        }
    }

    [Fact]
    public void Exemplars_that_are_not_kept_are_counted()
    {
        string metric = """{"name":"hits","sum":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","asInt":"5","exemplars":[{"asInt":"2"}]}]}}""";
        _rig.Exemplars.KeepsExemplars = false;
        _rig.Send(OtlpRig.Request(metric));
        _rig.Exemplars.KeepsExemplars = true;
        _rig.Exemplars.Late.Add(new SeriesRef(1));
        _rig.Send(OtlpRig.Request(metric));

        Assert.Equal((0, 2, 1), (_rig.Receiver.Counters.ExemplarsAppended, _rig.Receiver.Counters.ExemplarsIgnored, _rig.Receiver.Counters.ExemplarsOutOfOrder));
        Assert.Equal("unsupported exemplar value type: Empty", _rig.Send(OtlpRig.Request(metric.Replace("{\"asInt\":\"2\"}", "{}", StringComparison.Ordinal))).Message);
    }

    [Fact]
    public void The_configuration_is_asked_at_every_request()
    {
        OtlpConfig config = new();
        var receiver = new OtlpReceiver(_rig.Store, () => config, new OtlpOptions(), new OtlpLimits(), TimeProvider.System);
        byte[] body = Encoding.UTF8.GetBytes(OtlpRig.Request(OtlpRig.Gauge("a.b")));
        receiver.Receive("application/json", null, new System.Buffers.ReadOnlySequence<byte>(body));
        config = new OtlpConfig { TranslationStrategy = "NoTranslation" };
        receiver.Receive("application/json", null, new System.Buffers.ReadOnlySequence<byte>(body));

        Assert.Equal(["{__name__=\"a_b\"}", "{__name__=\"a.b\"}"], _rig.Store.Series.Select(static s => s.ToString()));
    }
}
