using Pharos.Config;
using Pharos.PromQL.Syntax;
using Pharos.Server.Configuration;
using Pharos.Server.Lifecycle;
using Pharos.Testing;

namespace Pharos.Server.Tests.Lifecycle;

public sealed class RuleCheckedSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_configuration_with_good_rules_loads()
    {
        PrometheusConfig config = Load("groups: [{name: a, rules: [{record: x, expr: up}]}]");
        Assert.Single(config.RuleFiles);
        Assert.Empty(config.Warnings);
    }

    [Fact]
    public void An_error_in_a_rule_file_refuses_the_configuration_and_names_the_file()
    {
        var refused = Assert.Throws<ConfigException>(() => Load("groups: [{name: a, rules: [{record: x, expr: 'sum('}]}]"));
        ConfigError error = Assert.Single(refused.Errors);
        Assert.Equal(_folder.File("a.rules.yml"), error.File);
        Assert.Contains("could not parse expression: 1:5: parse error: unclosed left parenthesis", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Legacy_names_of_the_configuration_hold_for_its_rules()
    {
        const string Rules = "groups: [{name: a, rules: [{record: 'x y', expr: up}]}]";
        Assert.Single(Load(Rules).RuleFiles);
        Assert.Throws<ConfigException>(() => Load(Rules, "global: {metric_name_validation_scheme: legacy}\n"));
    }

    [Fact]
    public void The_language_of_queries_holds_for_rules()
    {
        const string Rules = "groups: [{name: a, rules: [{record: x, expr: 'limitk(1, up)'}]}]";
        Assert.Throws<ConfigException>(() => Load(Rules));
        Assert.Single(Load(Rules, language: ParserOptions.Everything).RuleFiles);
    }

    [Fact]
    public void Warnings_of_rule_files_join_those_of_the_configuration() =>
        Assert.Contains("only the first document is processed", Assert.Single(Load("groups: []\n---\ngroups: []\n").Warnings).Message, StringComparison.Ordinal);

    private PrometheusConfig Load(string rules, string global = "", ParserOptions? language = null)
    {
        _folder.Write("a.rules.yml", rules);
        string path = _folder.Write("prometheus.yml", global + "rule_files: ['*.rules.yml']\n");
        return new RuleCheckedSource(new FileConfigSource(path), language ?? ParserOptions.Default).Load();
    }
}
