using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Pharos.Server.Logging;

namespace Pharos.Server.Tests.Logging;

public sealed class LogLineWriterTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 20, 5, 13, 22, 892, TimeSpan.Zero);

    [Fact]
    public void Logfmt_has_upstreams_keys_in_upstreams_order()
    {
        string text = Logfmt(Line(LogLevel.Information, "Server is ready", component: "web", ("Address", "127.0.0.1:9090"), ("count", 3), ("tls", false)));
        Assert.Equal("time=2026-11-20T05:13:22.892Z level=INFO source=Program.Ready msg=\"Server is ready\" component=web address=127.0.0.1:9090 count=3 tls=false\n", text);
    }

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain-text_1.5/x", "plain-text_1.5/x")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("a=b", "\"a=b\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("line\nbreak", "\"line\\nbreak\"")]
    [InlineData("\u001b[31m", "\"\\x1b[31m\"")]
    [InlineData("größe", "größe")]
    public void Logfmt_quotes_what_would_break_a_line(string value, string expected)
    {
        Assert.EndsWith($" key={expected}\n", Logfmt(Line(LogLevel.Warning, "m", "", ("key", value))), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_keeps_the_types_of_numbers_and_switches()
    {
        string text = Json(Line(LogLevel.Error, "Went \"wrong\"", component: "", ("count", 3), ("share", 0.5), ("tls", true), ("nothing", null), ("took", TimeSpan.FromMilliseconds(1500))));
        JsonElement line = JsonDocument.Parse(text).RootElement;
        Assert.Equal("2026-11-20T05:13:22.892Z", line.GetProperty("time").GetString());
        Assert.Equal("ERROR", line.GetProperty("level").GetString());
        Assert.Equal("Went \"wrong\"", line.GetProperty("msg").GetString());
        Assert.False(line.TryGetProperty("component", out _));
        Assert.Equal(3, line.GetProperty("count").GetInt32());
        Assert.Equal(0.5, line.GetProperty("share").GetDouble());
        Assert.True(line.GetProperty("tls").GetBoolean());
        Assert.Equal(JsonValueKind.Null, line.GetProperty("nothing").ValueKind);
        Assert.Equal("1.5s", line.GetProperty("took").GetString());
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_is_told_from_the_outside_in_and_with_its_place_only_as_an_error()
    {
        var exception = new InvalidOperationException("cannot open", new IOException("disk full"));
        LogLine warning = Line(LogLevel.Warning, "m", "") with { Exception = exception };
        Assert.EndsWith(" err=\"cannot open: disk full\"\n", Logfmt(warning), StringComparison.Ordinal);
        Assert.Contains(" stack=", Logfmt(warning with { Level = LogLevel.Error }), StringComparison.Ordinal);
        Assert.Equal("cannot open: disk full", JsonDocument.Parse(Json(warning)).RootElement.GetProperty("err").GetString());
    }

    [Fact]
    public void The_template_of_a_message_is_not_written()
    {
        Assert.DoesNotContain("OriginalFormat", Logfmt(Line(LogLevel.Debug, "m", "", ("{OriginalFormat}", "m"))), StringComparison.Ordinal);
    }

    private static LogLine Line(LogLevel level, string message, string component, params (string Name, object? Value)[] attributes) =>
        new(Time, level, "Program.Ready", component, message, [.. attributes.Select(static a => KeyValuePair.Create(a.Name, a.Value))], Exception: null);

    private static string Logfmt(in LogLine line) => Write(new LogfmtWriter(), line);

    private static string Json(in LogLine line) => Write(new JsonLogWriter(), line);

    private static string Write(ILogLineWriter writer, in LogLine line)
    {
        var output = new ArrayBufferWriter<byte>();
        writer.Write(line, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
