using Pharos.Rules.Files;

namespace Pharos.Rules.Tests.Files;

public sealed class DuplicateRulesTests
{
    [Fact]
    public void Rules_of_one_name_with_the_same_labels_over_all_groups_are_found_once()
    {
        RuleFile file = RuleBench.File("""
            groups:
            - name: a
              labels: {team: x}
              rules:
              - {record: r, expr: up}
              - {record: r, expr: down}
              - {alert: A, expr: up}
            - name: b
              rules:
              - {record: r, expr: up, labels: {team: x}}
              - {record: r, expr: up, labels: {team: y}}
              - {alert: A, expr: up, labels: {team: z}}
            """);

        (string name, IReadOnlyList<Core.Labels.Label> labels) = Assert.Single(DuplicateRules.Find(file));

        Assert.Equal(("r", "team", "x"), (name, labels[0].Name, labels[0].Value));
    }
}
