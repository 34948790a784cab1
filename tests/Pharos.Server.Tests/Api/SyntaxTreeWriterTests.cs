using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.PromQL.Syntax;
using Pharos.Server.Api;

namespace Pharos.Server.Tests.Api;

/// <summary>
/// The fields that the real Prometheus of the recorded answers does not know yet: the forms are those of upstream's translation of its tree. What it knows is compared in
/// <see cref="ReadApiTests"/>.
/// </summary>
public class SyntaxTreeWriterTests
{
    private const string Step = "{\"type\":\"durationExpr\",\"op\":\"step\",\"lhs\":null,\"rhs\":null,\"wrapped\":false}";
    private const string A = "{\"type\":\"vectorSelector\",\"name\":\"a\",\"offset\":0,\"offsetExpr\":null,\"matchers\":[{\"name\":\"__name__\",\"value\":\"a\",\"type\":\"=\"}],"
        + "\"timestamp\":null,\"startOrEnd\":null,\"anchored\":false,\"smoothed\":false}";

    [Theory]
    [InlineData("a", A)]
    [InlineData(
        "a[5m + step() * 2] anchored",
        "{\"type\":\"matrixSelector\",\"name\":\"a\",\"range\":0,\"rangeExpr\":{\"type\":\"durationExpr\",\"op\":\"+\",\"wrapped\":false,"
        + "\"lhs\":{\"type\":\"numberLiteral\",\"val\":\"300\",\"duration\":true},"
        + "\"rhs\":{\"type\":\"durationExpr\",\"op\":\"*\",\"wrapped\":false,\"lhs\":" + Step + ",\"rhs\":{\"type\":\"numberLiteral\",\"val\":\"2\",\"duration\":false}}},"
        + "\"offset\":0,\"offsetExpr\":null,\"matchers\":[{\"name\":\"__name__\",\"value\":\"a\",\"type\":\"=\"}],"
        + "\"timestamp\":null,\"startOrEnd\":null,\"anchored\":true,\"smoothed\":false}")]
    [InlineData(
        "a smoothed offset -(1h - min_of(step(), range())) @ end()",
        "{\"type\":\"vectorSelector\",\"name\":\"a\",\"offset\":0,\"offsetExpr\":{\"type\":\"durationExpr\",\"op\":\"-\",\"wrapped\":false,\"lhs\":null,"
        + "\"rhs\":{\"type\":\"durationExpr\",\"op\":\"-\",\"wrapped\":true,\"lhs\":{\"type\":\"numberLiteral\",\"val\":\"3600\",\"duration\":true},"
        + "\"rhs\":{\"type\":\"durationExpr\",\"op\":\"min_of\",\"wrapped\":false,\"lhs\":" + Step
        + ",\"rhs\":{\"type\":\"durationExpr\",\"op\":\"range\",\"lhs\":null,\"rhs\":null,\"wrapped\":false}}}},"
        + "\"matchers\":[{\"name\":\"__name__\",\"value\":\"a\",\"type\":\"=\"}],\"timestamp\":null,\"startOrEnd\":\"end\",\"anchored\":false,\"smoothed\":true}")]
    [InlineData(
        "a[max_of(5m, step()):step()]",
        "{\"type\":\"subquery\",\"expr\":" + A + ",\"range\":0,\"rangeExpr\":{\"type\":\"durationExpr\",\"op\":\"max_of\",\"wrapped\":false,"
        + "\"lhs\":{\"type\":\"numberLiteral\",\"val\":\"300\",\"duration\":true},\"rhs\":" + Step + "},\"offset\":0,\"offsetExpr\":null,\"step\":0,\"stepExpr\":" + Step
        + ",\"timestamp\":null,\"startOrEnd\":null}")]
    [InlineData(
        "a + on (x) group_left () fill_left (0.5) a",
        "{\"type\":\"binaryExpr\",\"op\":\"+\",\"bool\":false,\"lhs\":" + A + ",\"rhs\":" + A
        + ",\"matching\":{\"card\":\"many-to-one\",\"labels\":[\"x\"],\"on\":true,\"include\":[],\"fillValues\":{\"lhs\":0.5,\"rhs\":null}}}")]
    [InlineData(
        "a </ -Inf",
        "{\"type\":\"binaryExpr\",\"op\":\"</\",\"bool\":false,\"lhs\":" + A + ",\"rhs\":{\"type\":\"numberLiteral\",\"val\":\"-Inf\"},\"matching\":null}")]
    [InlineData("end()", "{\"type\":\"call\",\"func\":{\"name\":\"end\",\"argTypes\":[],\"variadic\":0,\"returnType\":\"scalar\"},\"args\":[]}")]
    public void Newer_nodes_have_upstreams_fields(string query, string expected)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, SyntaxTreeWriter.Options))
        {
            SyntaxTreeWriter.Write(json, PromQLParser.ParseExpr(query, ParserOptions.Everything));
        }

        string text = Encoding.UTF8.GetString(body.ToArray());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(text)), text);
    }
}
