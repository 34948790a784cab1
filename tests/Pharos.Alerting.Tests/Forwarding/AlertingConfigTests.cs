using Pharos.Alerting.Forwarding;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Tests.Forwarding;

public sealed class AlertingConfigTests
{
    [Fact]
    public void Every_field_is_read()
    {
        (AlertingConfig? config, ConfigDiagnostics found) = Read("""
            alert_relabel_configs: [{action: labeldrop, regex: replica}]
            alertmanagers:
            - static_configs: [{targets: [a:9093]}]
            - scheme: https
              path_prefix: /am
              timeout: 5s
              api_version: v2
              basic_auth: {username: u}
              relabel_configs: [{target_label: t}]
              alert_relabel_configs: [{target_label: t}]
              dns_sd_configs: [{names: [x]}]
            """);

        Assert.Empty(found.Errors);
        Assert.False(config!.IsEmpty);
        Assert.Single(config.AlertRelabelConfigs);
        Assert.Equal(("http", TimeSpan.FromSeconds(10), "v2"), (config.Alertmanagers[0].Scheme, config.Alertmanagers[0].Timeout, config.Alertmanagers[0].ApiVersion));
        AlertmanagerConfig second = config.Alertmanagers[1];
        Assert.Equal(("https", "/am", TimeSpan.FromSeconds(5), "u", "dns"), (second.Scheme, second.PathPrefix, second.Timeout, second.Http.BasicAuth!.Username, second.Discovery[0].Mechanism));
        Assert.NotEqual(second.Fingerprint, config.Alertmanagers[0].Fingerprint);
    }

    [Theory]
    [InlineData("alert_relabel_configs: [~]", "empty or null alert relabeling rule")]
    [InlineData("alertmanagers: [{relabel_configs: [~]}]", "empty or null Alertmanager target relabeling rule")]
    [InlineData("alertmanagers: [{alert_relabel_configs: [~]}]", "empty or null Alertmanager alert relabeling rule")]
    [InlineData("alertmanagers: [~]", "empty or null Alertmanager config section")]
    [InlineData("alertmanagers: [{api_version: v1}]", "expected Alertmanager api version to be one of [v2] but got v1")]
    [InlineData("alertmanagers: [{static_configs: [{targets: ['http://a']}]}]", "\"http://a\" is not a valid hostname")]
    [InlineData("alertmanagers: [{sigv4: {region: a}, bearer_token: b}]", "at most one of basic_auth, authorization, oauth2, & sigv4 must be configured")]
    [InlineData("alertmanager: []", "field alertmanager not found in type config.plain")]
    public void What_is_wrong_is_refused_in_upstreams_words(string text, string message) =>
        Assert.Equal(message, Assert.Single(Read(text).Found.Errors).Message);

    private static (AlertingConfig? Value, ConfigDiagnostics Found) Read(string text)
    {
        var found = new ConfigDiagnostics("test.yml");
        YamlNode? node = YamlParser.Single(YamlParser.ParseText(text, found), found);
        return (YamlMapping.Read(node, "config.plain", default, found, map => AlertingConfig.Read(map, NameValidation.Utf8), out _), found);
    }
}
