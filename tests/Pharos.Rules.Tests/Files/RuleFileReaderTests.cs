using Pharos.Config;
using Pharos.Core.Labels;
using Pharos.PromQL.Syntax;
using Pharos.Rules.Files;
using Pharos.Testing;

namespace Pharos.Rules.Tests.Files;

public sealed class RuleFileReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_read_whole()
    {
        RuleFile file = Load("""
            groups:
              - name: node
                interval: 30s
                query_offset: 1m
                limit: 10
                labels: {team: infra}
                rules:
                  - record: job:up:sum
                    expr: sum by (job) (up)
                    labels: {kind: sum}
                  - alert: InstanceDown
                    expr: up == 0
                    for: 5m
                    keep_firing_for: 10m
                    labels: {severity: page}
                    annotations: {summary: "{{ $labels.instance }} is down"}
              - name: empty
            """);
        Assert.Equal(2, file.RuleCount);
        RuleGroupConfig group = file.Groups[0];
        Assert.Equal(("node", TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), 10), (group.Name, group.Interval, group.QueryOffset, group.Limit));
        Assert.Equal("infra", group.Labels["team"]);
        RuleConfig recording = group.Rules[0];
        Assert.Equal(("job:up:sum", false, "sum by (job) (up)"), (recording.Name, recording.IsAlerting, recording.Expr.ToString()));
        RuleConfig alerting = group.Rules[1];
        Assert.Equal(("InstanceDown", true, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)), (alerting.Name, alerting.IsAlerting, alerting.For, alerting.KeepFiringFor));
        Assert.Equal("{{ $labels.instance }} is down", alerting.Annotations["summary"]);
        Assert.Equal("page", alerting.Labels["severity"]);
        Assert.Equal(new TextPosition(11, 9), alerting.Position);
        Assert.Null(file.Groups[1].Interval);
        Assert.Null(file.Groups[1].QueryOffset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("groups:")]
    [InlineData("groups: []")]
    public void A_file_may_be_empty(string text) => Assert.Empty(Load(text).Groups);

    [Theory]
    [InlineData("groups: [{name: a, rules: [{alert: x, expr: up, labels: {sev: '{{ $label.y }}'}}]}]", "group \"a\", rule 1, \"x\": label \"sev\": template: __alert_x:1: undefined variable \"$label\"")]
    [InlineData("groups: [{name: a, rules: [{alert: x, expr: up, annotations: {sum: '{{ $value * 2 }}'}}]}]", "group \"a\", rule 1, \"x\": annotation \"sum\": template: __alert_x:1: unexpected \"*\" in operand")]
    [InlineData("groups: [{name: a, rules: [{record: x, expr: 'sum('}]}]", "group \"a\", rule 1, \"x\": could not parse expression: 1:5: parse error: unclosed left parenthesis")]
    [InlineData("groups: [{name: a, rules: [{record: x}]}]", "group \"a\", rule 1, \"x\": field 'expr' must be set in rule")]
    [InlineData("groups: [{name: a, rules: [{record: x, alert: y, expr: '1'}]}]", "group \"a\", rule 1, \"y\": only one of 'record' and 'alert' must be set")]
    [InlineData("groups: [{name: a, rules: [{expr: '1'}]}]", "group \"a\", rule 1, \"\": one of 'record' or 'alert' must be set")]
    [InlineData("groups: [{name: a, rules: [{record: x, expr: '1', for: 1m}]}]", "group \"a\", rule 1, \"x\": invalid field 'for' in recording rule")]
    [InlineData("groups: [{name: a, rules: [{record: x, expr: '1', keep_firing_for: 1m}]}]", "group \"a\", rule 1, \"x\": invalid field 'keep_firing_for' in recording rule")]
    [InlineData("groups: [{name: a, rules: [{record: x, expr: '1', annotations: {b: c}}]}]", "group \"a\", rule 1, \"x\": invalid field 'annotations' in recording rule")]
    [InlineData("groups: [{name: a, rules: [{record: 'x{}', expr: '1'}]}]", "group \"a\", rule 1, \"x{}\": braces present in the recording rule name; should it be in expr?: x{}")]
    [InlineData("groups: [{name: a, rules: [{alert: x, expr: '1', labels: {__name__: y}}]}]", "group \"a\", rule 1, \"x\": invalid label name: __name__")]
    [InlineData("groups: [{name: a, labels: {__name__: y}}]", "invalid label name: __name__")]
    [InlineData("groups: [{name: a}, {name: a}]", "groupname: \"a\" is repeated in the same file")]
    [InlineData("groups: [{rules: []}]", "Groupname must not be empty")]
    [InlineData("groups: [{name: a, nope: 1}]", "field nope not found in type rulefmt.RuleGroup")]
    [InlineData("groups: [{name: a, rules: [{record: x, expr: '1', exp: 1}]}]", "field exp not found in type rulefmt.Rule")]
    [InlineData("group: []", "field group not found in type rulefmt.RuleGroups")]
    [InlineData("groups: [{name: a, interval: fast}]", "not a valid duration string: \"fast\"")]
    [InlineData("groups: [{name: a, limit: many}]", "cannot unmarshal !!str `many` into int")]
    [InlineData("groups: 5", "cannot unmarshal !!int into []*rulefmt.RuleGroup")]
    public void What_is_wrong_is_refused(string text, string message)
    {
        var refused = Assert.Throws<ConfigException>(() => Load(text));
        Assert.Contains(refused.Errors, e => e.Message == message);
        Assert.All(refused.Errors, static e => Assert.True(e.Line > 0));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_with_its_place()
    {
        var refused = Assert.Throws<ConfigException>(() => Load("""
            groups:
              - name: a
                rules:
                  - record: x
                    expr: sum(
                  - alert: y
                    expr: rate(up)
                    colour: red
            """));
        Assert.Equal([(5, 15), (7, 15), (8, 9)], refused.Errors.Select(static e => (e.Line, e.Column)));
    }

    [Fact]
    public void Legacy_validation_refuses_names_in_utf8()
    {
        const string Text = "groups: [{name: a, rules: [{record: x y, expr: '1', labels: {b-c: d}}]}]";
        Assert.Single(Load(Text).Groups);
        var refused = Assert.Throws<ConfigException>(() => Load(Text, new RuleFileOptions { NameValidation = NameValidation.Legacy }));
        Assert.Equal(
            ["group \"a\", rule 1, \"x y\": invalid recording rule name: x y", "group \"a\", rule 1, \"x y\": invalid label name: b-c"],
            refused.Errors.Select(static e => e.Message));
    }

    [Fact]
    public void Experimental_functions_follow_the_options()
    {
        const string Text = "groups: [{name: a, rules: [{record: x, expr: 'sort_by_label(up, \"job\")'}]}]";
        Assert.Throws<ConfigException>(() => Load(Text));
        Assert.Single(Load(Text, new RuleFileOptions { Expressions = ParserOptions.Everything }).Groups);
    }

    [Fact]
    public void Unknown_fields_may_be_ignored()
    {
        RuleFile file = Load("{groups: [{name: a, b: 1, rules: [{record: x, expr: '1', c: 2}]}], d: 3}", new RuleFileOptions { IgnoreUnknownFields = true });
        Assert.Equal(1, file.RuleCount);
    }

    [Fact]
    public void Of_several_documents_the_first_counts_and_a_warning_says_so()
    {
        string path = _folder.Write("rules.yml", "groups: [{name: a}]\n---\ngroups: 7\n");
        var warnings = new List<ConfigWarning>();
        Assert.Single(RuleFileReader.Load(path, new RuleFileOptions(), warnings).Groups);
        Assert.Contains("only the first document is processed", Assert.Single(warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_find_files_once_and_the_errors_of_all_are_collected()
    {
        _folder.Write("a.rules.yml", "groups: [{name: a}]");
        _folder.Write("b.rules.yml", "groups: [{name: b}]");
        string pattern = Path.Combine(_folder.Path, "*.rules.yml");
        Assert.Equal(["a", "b"], RuleFileReader.LoadAll([pattern, pattern, Path.Combine(_folder.Path, "none.yml")], new RuleFileOptions()).Select(static f => f.Groups[0].Name));

        _folder.Write("c.rules.yml", "groups: 1");
        _folder.Write("d.rules.yml", "groups: 2");
        var refused = Assert.Throws<ConfigException>(() => RuleFileReader.LoadAll([pattern], new RuleFileOptions()));
        Assert.Equal(["c.rules.yml", "d.rules.yml"], refused.Errors.Select(static e => Path.GetFileName(e.File)));
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.Throws<ConfigException>(() => RuleFileReader.Load(Path.Combine(_folder.Path, "missing.yml"), new RuleFileOptions()));

    private RuleFile Load(string text, RuleFileOptions? options = null) => RuleFileReader.Load(_folder.Write("rules.yml", text), options ?? new RuleFileOptions());
}
