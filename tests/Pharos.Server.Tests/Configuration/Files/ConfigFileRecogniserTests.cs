using System.Text;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Server.Configuration.Files;

namespace Pharos.Server.Tests.Configuration.Files;

public sealed class ConfigFileRecogniserTests
{
    [Theory]
    [InlineData("scrape_configs: []", ConfigFileKind.Prometheus)]
    [InlineData("global: {scrape_interval: 5s}", ConfigFileKind.Prometheus)]
    [InlineData("alerting: {alertmanagers: []}", ConfigFileKind.Prometheus)]
    [InlineData("rule_files: [a]\nbogus: 1", ConfigFileKind.Prometheus)]
    [InlineData("groups: []", ConfigFileKind.Rules)]
    [InlineData("rule_files: [a]\ntests: []", ConfigFileKind.RuleTests)]
    [InlineData("- targets: [a]\n- targets: [b]\n  labels: {x: y}", ConfigFileKind.Targets)]
    [InlineData("basic_auth_users: {a: b}", ConfigFileKind.WebConfig)]
    [InlineData("tls_server_config: {}", ConfigFileKind.WebConfig)]
    [InlineData("global: {resolve_timeout: 5m}\nroute: {receiver: a}\nreceivers: [{name: a}]", ConfigFileKind.Alertmanager)]
    [InlineData("route: {receiver: a}\ntime_intervals: []", ConfigFileKind.Alertmanager)]
    [InlineData("title: a\npanels: []\nschemaVersion: 39", ConfigFileKind.Dashboard)]
    [InlineData("dashboard: {title: a, rows: []}", ConfigFileKind.Dashboard)]
    [InlineData("apiVersion: 1\ndatasources: []", ConfigFileKind.Datasources)]
    [InlineData("apiVersion: 1\nproviders: []", ConfigFileKind.DashboardProviders)]
    [InlineData("apiVersion: 1\ngroups: []", ConfigFileKind.GrafanaAlerting)]
    [InlineData("apiVersion: v1\nkind: Service", ConfigFileKind.Manifest)]
    [InlineData("apiVersion: v1\nkind: List\n---\napiVersion: v1\nkind: Pod", ConfigFileKind.Manifest)]
    [InlineData("", ConfigFileKind.None)]
    [InlineData("just text", ConfigFileKind.None)]
    [InlineData("[]", ConfigFileKind.None)]
    [InlineData("- a\n- b", ConfigFileKind.None)]
    [InlineData("services: {web: {image: x}}", ConfigFileKind.None)]
    [InlineData("receivers: {otlp: {}}\nexporters: {}\nservice: {}", ConfigFileKind.None)]
    [InlineData("server: {}\npositions: {}\nclients: []\nscrape_configs: []", ConfigFileKind.None)]
    [InlineData("a: 1\n---\nb: 2", ConfigFileKind.None)]
    public void A_file_is_what_stands_in_it(string text, object kind) =>
        Assert.Equal((ConfigFileKind)kind, ConfigFileRecogniser.Recognise(YamlParser.ParseText(text, new ConfigDiagnostics("x"))!));

    [Theory]
    [InlineData("global:\n\tx: 1", true)]
    [InlineData("# my rules\n\ngroups: [", true)]
    [InlineData("- targets: [", true)]
    [InlineData("{\"apiVersion: 1", false)]
    [InlineData("# How to\n\nWrite this:\n\nglobal:\n  x: [", false)]
    [InlineData("usage: run it\n```yaml\nglobal:\n```\n: [", false)]
    [InlineData("PNG\0global:", false)]
    public void Broken_text_is_configuration_only_where_it_begins_like_it(string text, bool isIntended) =>
        Assert.Equal(isIntended, ConfigFileRecogniser.LooksIntended(Encoding.UTF8.GetBytes(text)));
}
