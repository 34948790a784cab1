using Pharos.Config.Yaml;

namespace Pharos.Config.Tests.Yaml;

public sealed class SecretTextTests
{
    [Theory]
    [InlineData("password: hunter2", "password: <secret>")]
    [InlineData("password: 'hunter2'\nuser: ann", "password: <secret>\nuser: ann")]
    [InlineData("a: {password: hunter2, user: ann}", "a: {password: <secret>, user: ann}")]
    [InlineData("password: |\n  hunter2\n  hunter3\nuser: ann", "password: <secret>\n\n\nuser: ann")]
    [InlineData("password: hunter2\n  hunter3\nuser: ann", "password: <secret>\n\nuser: ann")]
    [InlineData("basic_auth_users:\n  ann: hunter2\n  bob: hunter3", "basic_auth_users:\n  ann: <secret>\n  bob: <secret>")]
    [InlineData("global: {slack_api_url: https://hunter2}", "global: {slack_api_url: <secret>")]
    [InlineData("webhook_configs:\n- url: https://hunter2\n  send_resolved: true", "webhook_configs:\n- url: <secret>\n  send_resolved: true")]
    [InlineData("password_file: /etc/secret", "password_file: /etc/secret")]
    [InlineData("secrets: [hunter2, hunter3]\nb: 1", "secrets: [<secret>, <secret>\nb: 1")]
    [InlineData("# password: hunter2\na: 1", "# password: <secret>\na: 1")]
    [InlineData("targets: ['https://ann:hunter2@host/']", "targets: ['https://<secret>@host/']")]
    [InlineData("x: &s hunter2\npassword: *s", "x: <secret>\npassword: *s")]
    public void Secrets_are_hidden_and_the_rest_stays_in_its_place(string text, string expected)
    {
        string shown = Hide(text);
        Assert.DoesNotContain("hunter", shown, StringComparison.Ordinal);
        Assert.Equal(expected.Replace("&s <secret>", "<secret>", StringComparison.Ordinal), shown.Replace("&s <secret>", "<secret>", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_without_secrets_stays_as_it_is()
    {
        const string Text = "global:\n  scrape_interval: 15s # often\n\nscrape_configs:\n- job_name: \"a\"\n  static_configs:\n  - targets: [a:1, 'b:1']\n";
        Assert.Equal(Text, Hide(Text));
    }

    private static string Hide(string text) => SecretText.Hide(text, YamlParser.ParseText(text, new ConfigDiagnostics("a.yml"))!);
}
