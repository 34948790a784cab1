using Pharos.Rules.Views;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>The rule that an alert is of.</summary>
internal sealed record RuleOrigin(RuleGroupView Group, RuleView Rule, AlertView Alert);
