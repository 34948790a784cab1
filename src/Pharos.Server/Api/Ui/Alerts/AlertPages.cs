using Pharos.Core.Contracts;
using Pharos.Rules.Views;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>The section Alerts of <c>docs/api.md</c>.</summary>
internal static class AlertPages
{
    /// <param name="reading">Those who may see.</param>
    /// <param name="alerting">The Alertmanager.</param>
    /// <param name="rules">Every rule group at this moment.</param>
    /// <param name="journal">What happened.</param>
    /// <param name="clock">Says what "now" is.</param>
    public static void Map(IEndpointRouteBuilder reading, AlertingPart alerting, Func<IReadOnlyList<RuleGroupView>> rules, IJournal journal, TimeProvider clock)
    {
        var source = new UiAlertSource(alerting, rules, clock);
        new AlertListEndpoint(alerting, source, clock).Map(reading);
        new AlertCardEndpoint(alerting, source, journal, clock).Map(reading);
        new SilencePreviewEndpoint(alerting, source, clock).Map(reading);
        new NotificationsEndpoint(alerting, clock).Map(reading);
        new RoutesEndpoint(alerting, clock).Map(reading);
        new RulePlacesEndpoint(rules, clock).Map(reading);
    }
}
