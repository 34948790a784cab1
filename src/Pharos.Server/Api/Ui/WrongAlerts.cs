using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.Rules.Views;
using Pharos.Server.Api.Ui.Alerts;

namespace Pharos.Server.Api.Ui;

/// <summary>Gathers what is wrong now: alerts that fire, then those that pend, each with a small graph of what its rule measures.</summary>
internal sealed class WrongAlerts(UiServices services, UiQueries queries)
{
    /// <summary>More are counted and not shown.</summary>
    public const int MaxAlerts = 100;

    private const int MaxRulesWithSparks = 20;
    private const int SparkPoints = 60;

    /// <summary>At most <see cref="MaxAlerts"/>, and how many there are; <c>Silenced</c> are not among them.</summary>
    public async Task<(IReadOnlyList<WrongAlert> Alerts, int Firing, int Pending, int Silenced)> GatherAsync(UiRange range, CancellationToken cancellationToken)
    {
        UiAlert[] all = [.. services.Alerts().Where(static alert => alert.State != UiAlertState.Resolved)];
        UiAlert[] found = [.. all.Where(static alert => alert.State is UiAlertState.Firing or UiAlertState.Pending)];
        int firing = found.Count(static alert => alert.State == UiAlertState.Firing);
        UiAlert[] shown = [.. found.OrderByDescending(static alert => alert.State == UiAlertState.Firing).ThenBy(static alert => alert.Since).Take(MaxAlerts)];
        var measured = new Dictionary<RuleView, (QueryResult? Result, double? Limit)>(ReferenceEqualityComparer.Instance);
        var alerts = new List<WrongAlert>();
        foreach (UiAlert alert in shown)
        {
            Spark? spark = null;
            if (alert.Origin is { } origin)
            {
                if (!measured.TryGetValue(origin.Rule, out (QueryResult? Result, double? Limit) answer))
                {
                    var condition = RuleCondition.Of(origin.Rule.Expr);
                    answer = measured.Count < MaxRulesWithSparks
                        ? (await queries.RangeAsync(condition.Measured, origin.Rule.ExprText, range, range.StepFor(SparkPoints), cancellationToken).ConfigureAwait(false), condition.Limit)
                        : (null, null);
                    measured.Add(origin.Rule, answer);
                }

                ResultRow? row = answer.Result?.Rows.FirstOrDefault(row => IsOf(row.Labels, origin.Alert.Labels));
                spark = row is null ? null : Spark.Of(answer.Result!, row, answer.Limit);
            }

            alerts.Add(new WrongAlert(alert, spark, services.Messages.LastOf(alert.Fingerprint)));
        }

        return (alerts, firing, found.Length - firing, all.Length - found.Length);
    }

    // The alert has the labels of its series, and those that the rule adds.
    private static bool IsOf(Labels series, Labels alert)
    {
        foreach (Label label in series.AsSpan())
        {
            if (label.Name != Label.MetricName && alert[label.Name] != label.Value)
            {
                return false;
            }
        }

        return true;
    }
}
