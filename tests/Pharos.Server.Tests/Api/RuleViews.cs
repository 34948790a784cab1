using Pharos.Config;
using Pharos.Core.Labels;
using Pharos.PromQL.Syntax;
using Pharos.Rules.Views;

namespace Pharos.Server.Tests.Api;

/// <summary>Rules as a manager shows them.</summary>
internal static class RuleViews
{
    public static RuleGroupView Group(string file, string name, params RuleView[] rules) => new(file, name, TimeSpan.FromSeconds(15), 0, TimeSpan.Zero, null, rules);

    public static RuleView Recording(string name, params (string Name, string Value)[] labels) => Rule(name, isAlerting: false, labels);

    public static RuleView Alerting(string name, params (string Name, string Value)[] labels) => Rule(name, isAlerting: true, labels);

    private static RuleView Rule(string name, bool isAlerting, (string Name, string Value)[] labels) => new()
    {
        Name = name,
        IsAlerting = isAlerting,
        Position = new TextPosition(1, 1),
        ExprText = "up  == 0",
        Query = "up == 0",
        Expr = PromQLParser.ParseExpr("up == 0"),
        Labels = [.. labels.Select(static l => new Label(l.Name, l.Value))],
        Annotations = [],
        Health = RuleHealth.Unknown,
        LastError = "",
        EvaluationDuration = TimeSpan.Zero,
        LastEvaluation = null,
    };
}
