using System.Text.Json;
using EndpointStats.Sink;

namespace EndpointStats.Tests.Sink;

public sealed class SinkTextTests
{
    private static readonly DateTimeOffset Received = new(2026, 11, 20, 8, 0, 5, TimeSpan.Zero);

    [Fact]
    public void A_message_for_Slack_shows_its_channel_its_title_and_its_text() => Assert.Equal(
        "08:00:05  #monitoring\n          [FIRING] FlaskAppDown\n          endpoint-stats is down\n          for a minute\n",
        Write("slack", """{"channel":"#monitoring","attachments":[{"title":"[FIRING] FlaskAppDown","text":"endpoint-stats is down\nfor a minute"}]}"""));

    [Theory]
    [InlineData("""{"receiver":"x"}""")]
    [InlineData("[1]")]
    [InlineData("""{"attachments":{}}""")]
    public void Anything_else_is_shown_as_it_came(string body) => Assert.Equal($"08:00:05  webhook\n          {body}\n", Write("webhook", body));

    [Fact]
    public void Nothing_is_said_to_be_nothing() => Assert.Equal("No message yet.\n", SinkText.Write([]));

    private static string Write(string kind, string body) => SinkText.Write([new SinkMessage(1, Received, kind, JsonDocument.Parse(body).RootElement)]);
}
