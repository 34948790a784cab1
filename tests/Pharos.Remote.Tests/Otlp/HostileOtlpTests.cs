using System.Net;
using System.Text;
using Pharos.Remote.Otlp;
using Pharos.Testing.Otlp;

namespace Pharos.Remote.Tests.Otlp;

public sealed class HostileOtlpTests
{
    private readonly OtlpRig _rig = new(limits: new OtlpLimits
    {
        MaxMessageBytes = 100_000,
        MaxElements = 100,
        MaxParts = 1000,
        MaxSamples = 500,
        MaxLabelBytes = 20_000,
        MaxLabels = 10,
        MaxNameBytes = 50,
        MaxValueBytes = 200,
    });

    [Theory]
    [InlineData("0A", "unexpected end at byte 1")]
    [InlineData("0AFFFFFFFF7F00", "length 34359738367 where 1 bytes remain at byte 6")]
    [InlineData("0AFFFFFFFFFFFFFFFFFF01", "length 18446744073709551615 where 0 bytes remain at byte 11")]
    [InlineData("08", "wire type 0 for field 1 at byte 1")]
    [InlineData("0F", "wire type 7 for field 1 at byte 1")]
    [InlineData("00", "illegal field number at byte 1")]
    [InlineData("0A0212050000", "resource: length 5 where 0 bytes remain at byte 2")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF01", "number of more than 64 bits at byte 0")]
    public void Malformed_protobuf_is_told_with_its_place(string hex, string error) =>
        Assert.Equal((HttpStatusCode.BadRequest, "malformed OTLP request: " + error), Send("application/x-protobuf", Convert.FromHexString(hex)));

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{} x")]
    [InlineData("nul")]
    [InlineData("\"text\"")]
    [InlineData("""{"resourceMetrics":{}}""")]
    [InlineData("""{"resourceMetrics":[1]}""")]
    [InlineData("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":7}]}]}]}""")]
    [InlineData("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":[{"asInt":"1.5"}]}}]}]}]}""")]
    [InlineData("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":[{"asInt":9223372036854775808}]}}]}]}]}""")]
    [InlineData("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":[{"asDouble":"x"}]}}]}]}]}""")]
    [InlineData("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":[{"timeUnixNano":-1}]}}]}]}]}""")]
    [InlineData("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"aggregationTemporality":"AGGREGATION_TEMPORALITY_OTHER"}}]}]}]}""")]
    [InlineData("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[{"exemplars":[{"traceId":"00"}]}]}}]}]}]}""")]
    [InlineData("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[{"exemplars":[{"spanId":"zz00000000000000"}]}]}}]}]}]}""")]
    [InlineData("""{"resourceMetrics":[{"resource":{"attributes":[{"value":{"bytesValue":"?"}}]}}]}""")]
    [InlineData("""{"resourceMetrics":[{"resource":{"attributes":[{"key":"\ud800"}]}}]}""")]
    public void Malformed_json_is_told(string json)
    {
        (HttpStatusCode status, string message) = Send("application/json", Encoding.UTF8.GetBytes(json));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("malformed OTLP request: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] body = OtlpProto.FromJson(OtlpRig.Request(OtlpRig.Gauge("gXg")));
        body[Array.IndexOf(body, (byte)'X')] = 0xff;
        Assert.Equal(HttpStatusCode.BadRequest, Send("application/x-protobuf", body).Status);

        byte[] json = Encoding.UTF8.GetBytes(OtlpRig.Request(OtlpRig.Gauge("gXg")));
        json[Array.IndexOf(json, (byte)'X')] = 0xff;
        Assert.Equal(HttpStatusCode.BadRequest, Send("application/json", json).Status);
    }

    [Theory]
    [InlineData(31, HttpStatusCode.OK)]
    [InlineData(32, HttpStatusCode.BadRequest)]
    [InlineData(2000, HttpStatusCode.BadRequest)]
    public void Attributes_may_be_nested_so_deep_and_no_deeper(int depth, HttpStatusCode expected)
    {
        string value = "{\"intValue\":1}";
        byte[] bytes = [0x18, 1];
        for (int i = 0; i < depth; i++)
        {
            value = "{\"arrayValue\":{\"values\":[" + value + "]}}";
            byte[] list = Field(1, bytes);
            bytes = Field(5, list);
        }

        Assert.Equal(expected, Send("application/json", Encoding.UTF8.GetBytes(OtlpRig.Request(OtlpRig.Gauge("g"), "{\"key\":\"k\",\"value\":" + value + "}"))).Status);

        byte[] attribute = Field(1, [.. Field(1, "k"u8.ToArray()), .. Field(2, bytes)]);
        Assert.Equal(expected, Send("application/x-protobuf", Field(1, Field(1, attribute))).Status);
    }

    [Fact]
    public void Many_elements_are_refused_before_they_take_memory()
    {
        byte[] points = [.. Enumerable.Repeat((byte[])[0x0a, 0], 101).SelectMany(static b => b)];
        (HttpStatusCode status, string message) = Send("application/x-protobuf", Field(1, Field(2, Field(2, Field(5, points)))));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.EndsWith("points of a metric: more than 100 resources, scopes, metrics, points and exemplars at byte 202", message, StringComparison.Ordinal);

        string json = OtlpRig.Request("{\"gauge\":{\"dataPoints\":[" + string.Join(',', Enumerable.Repeat("{}", 101)) + "]}}");
        Assert.Equal((HttpStatusCode.BadRequest, "malformed OTLP request: more than 100 resources, scopes, metrics, points and exemplars"), Send("application/json", Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Many_buckets_and_attributes_are_refused()
    {
        string counts = string.Join(',', Enumerable.Repeat("1", 1001));
        string metric = "{\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"bucketCounts\":[" + counts + "]}]}}";
        foreach (bool packs in (bool[])[false, true])
        {
            (HttpStatusCode status, string message) = Send("application/x-protobuf", OtlpProto.FromJson(OtlpRig.Request(metric), packs));
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("more than 1000 attributes, buckets, bounds and quantiles", message, StringComparison.Ordinal);
        }

        Assert.Equal("attribute limit exceeded for a data point: 11 attributes, limit 10", _rig.Send(OtlpRig.Request(OtlpRig.Gauge("g", attributes: Attributes(11)))).Message);
        Assert.Equal("attribute limit exceeded for a resource: 11 attributes, limit 10", _rig.Send(OtlpRig.Request(OtlpRig.Gauge("g"), Attributes(11))).Message);
        Assert.Equal(
            "label limit exceeded for series g: 11 labels, limit 10",
            _rig.Send(OtlpRig.Request(OtlpRig.Gauge("g", attributes: Attributes(10)))).Message);
    }

    [Fact]
    public void Long_names_and_values_are_refused()
    {
        OtlpResponse name = _rig.Send(OtlpRig.Request(OtlpRig.Gauge("g", attributes: OtlpRig.Attribute(new string('n', 51), "v"))));
        OtlpResponse value = _rig.Send(OtlpRig.Request(OtlpRig.Gauge("g", attributes: OtlpRig.Attribute("n", new string('v', 201)))));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (name.Status, value.Status));
        Assert.StartsWith("label length limit exceeded for series g: ", name.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_with_points_at_both_ends_of_time_does_not_fill_the_store()
    {
        string resource = OtlpRig.Attribute("service.name", "a") + "," + OtlpRig.Attribute("h", "1");
        OtlpResponse response = _rig.Send(OtlpRig.Request($"{OtlpRig.Gauge("a", time: "0")},{OtlpRig.Gauge("b")}", resource));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "the request becomes more than 500 samples"), (response.Status, response.Message));
        Assert.Equal(0, _rig.Store.Batches);

        // As upstream, times beyond 2262 are before 1970.
        foreach (string time in (string[])["9223372036854775808", "18446744073709551614"])
        {
            Assert.Equal(HttpStatusCode.OK, _rig.Send(OtlpRig.Request($"{OtlpRig.Gauge("a" + time, time: time)},{OtlpRig.Gauge("b")}", resource)).Status);
        }
    }

    [Fact]
    public void Labels_that_every_sample_repeats_do_not_fill_memory()
    {
        string bounds = string.Join(',', Enumerable.Range(0, 200));
        string counts = string.Join(',', Enumerable.Repeat("1", 201));
        string metric = """{"name":"h","histogram":{"aggregationTemporality":2,"dataPoints":[{"attributes":[ATTRIBUTE],"timeUnixNano":"NOW","count":201,"bucketCounts":[COUNTS],"explicitBounds":[BOUNDS]}]}}"""
            .Replace("ATTRIBUTE", OtlpRig.Attribute("long", new string('v', 190)), StringComparison.Ordinal)
            .Replace("COUNTS", counts, StringComparison.Ordinal)
            .Replace("BOUNDS", bounds, StringComparison.Ordinal);
        OtlpResponse response = _rig.Send(OtlpRig.Request(metric));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "the request becomes more than 20000 bytes of labels"), (response.Status, response.Message));
    }

    [Fact]
    public void A_body_that_grows_without_end_is_not_decompressed_to_the_end()
    {
        OtlpResponse response = _rig.Send("application/json", new byte[10_000_000], asGzip: true);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "the decompressed request is larger than the limit of 100000 bytes"), (response.Status, response.Message));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, Send("application/json", new byte[100_001]).Status);
    }

    [Fact]
    public void A_body_that_is_no_gzip_is_refused()
    {
        OtlpResponse response = _rig.Receiver.Receive("application/json", "gzip", new System.Buffers.ReadOnlySequence<byte>("{}"u8.ToArray()));
        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.StartsWith("gzip: ", response.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_bad_request_the_next_one_is_served_as_if_nothing_had_been()
    {
        Send("application/json", Encoding.UTF8.GetBytes("""{"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"ghost"}}]},"scopeMetrics":[{"metrics":[{"name":"ghost","gauge":{"dataPoints":[{"asInt":"""));
        _rig.Send(OtlpRig.Request(OtlpRig.Gauge("a")));

        Assert.Equal(["a 1.5"], _rig.Stored());
    }

    [Fact]
    public void Both_encodings_of_random_requests_become_the_same()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var generator = new OtlpGenerator(new Random(seed), (OtlpRig.Now - 200_000) * 1_000_000) { HasExponentialHistograms = true };
            var json = new OtlpRig();
            var packed = new OtlpRig();
            var unpacked = new OtlpRig();
            for (int i = 0; i < 4; i++)
            {
                string request = generator.Next();
                OtlpResponse response = json.Send(request, asJson: true);
                Assert.Equal((HttpStatusCode.OK, ""), (response.Status, response.Message));
                Assert.Equal(HttpStatusCode.OK, packed.Send("application/x-protobuf", OtlpProto.FromJson(request)).Status);
                Assert.Equal(HttpStatusCode.OK, unpacked.Send("application/x-protobuf", OtlpProto.FromJson(request, packs: false), asGzip: true).Status);
            }

            Assert.Equal(json.Stored(), packed.Stored());
            Assert.Equal(json.Stored(), unpacked.Stored());
            Assert.Equal(
                json.Store.Series.SelectMany(s => json.Store.HistogramsOf(s)).Select(static h => h.ToFloat().ToText()),
                packed.Store.Series.SelectMany(s => packed.Store.HistogramsOf(s)).Select(static h => h.ToFloat().ToText()));
        }
    }

    [Fact]
    public void Unknown_fields_and_members_are_passed_over()
    {
        string request = OtlpRig.Request(OtlpRig.Gauge("a", "\"asDouble\":1.5,\"future\":{\"x\":[1,{\"y\":null}]}"));
        foreach (bool asJson in (bool[])[false, true])
        {
            var rig = new OtlpRig();
            Assert.Equal(HttpStatusCode.OK, rig.Send(request, asJson).Status);
            Assert.Equal(["a 1.5"], rig.Stored());
        }
    }

    private static byte[] Field(int number, byte[] content)
    {
        var length = new List<byte>();
        for (int rest = content.Length; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                length.Add((byte)rest);
                break;
            }

            length.Add((byte)(rest | 0x80));
        }

        return [(byte)((number << 3) | 2), .. length, .. content];
    }

    private static string Attributes(int count) => string.Join(',', Enumerable.Range(0, count).Select(static i => OtlpRig.Attribute($"a{i}", "v")));

    private (HttpStatusCode Status, string Message) Send(string type, byte[] body)
    {
        OtlpResponse response = _rig.Send(type, body);
        return (response.Status, response.Message);
    }
}
