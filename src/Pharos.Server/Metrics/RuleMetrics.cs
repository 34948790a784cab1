using Pharos.Rules;
using Pharos.Rules.Statistics;

namespace Pharos.Server.Metrics;

/// <summary>How rules do, in all and by group, under upstream's names.</summary>
internal sealed class RuleMetrics(RuleManager manager) : IMetricSource
{
    public void Write(MetricWriter writer)
    {
        RuleStatistics statistics = manager.Statistics;
        WriteDurations(writer, "prometheus_rule_evaluation_duration", "The duration for a rule to execute.", statistics.Rules, 0.5, 0.9, 0.99);
        WriteDurations(writer, "prometheus_rule_group_duration", "The duration of rule group evaluations.", statistics.Groups, 0.01, 0.05, 0.5, 0.9, 0.99);
        WriteGroups(writer, manager.GetGroupStatistics());
    }

    private static void WriteDurations(MetricWriter writer, string name, string help, DurationStatistics durations, params ReadOnlySpan<double> quantiles)
    {
        (long[] counts, double sum) = durations.GetHistogram();
        writer.Family(name + "_seconds", MetricKind.Summary, help);
        writer.Summary(quantiles, durations.GetQuantiles(quantiles), sum, counts.Sum());
        writer.Family(name + "_histogram_seconds", MetricKind.Histogram, help);
        writer.Histogram(DurationStatistics.Bounds, counts, sum);
    }

    private static void WriteGroups(MetricWriter writer, IReadOnlyList<RuleGroupStatistics> groups)
    {
        void Write(string name, MetricKind kind, string help, Func<RuleGroupStatistics, double?> value)
        {
            writer.Family(name, kind, help);
            foreach (RuleGroupStatistics group in groups)
            {
                if (value(group) is { } sample)
                {
                    writer.Sample(sample, ("rule_group", $"{group.File};{group.Name}"));
                }
            }
        }

        Write("prometheus_rule_evaluations_total", MetricKind.Counter, "The total number of rule evaluations.", static g => g.Evaluations);
        Write("prometheus_rule_evaluation_failures_total", MetricKind.Counter, "The total number of rule evaluation failures.", static g => g.EvaluationFailures);
        Write("prometheus_rule_group_iterations_total", MetricKind.Counter,
            "The total number of scheduled rule group evaluations, whether executed or missed.", static g => g.Iterations);
        Write("prometheus_rule_group_iterations_missed_total", MetricKind.Counter,
            "The total number of rule group evaluations missed due to slow rule group evaluation.", static g => g.IterationsMissed);
        Write("prometheus_rule_group_interval_seconds", MetricKind.Gauge, "The interval of a rule group.", static g => g.Interval.TotalSeconds);
        Write("prometheus_rule_group_last_duration_seconds", MetricKind.Gauge, "The duration of the last rule group evaluation.", static g => g.LastDuration.TotalSeconds);
        Write("prometheus_rule_group_last_rule_duration_sum_seconds", MetricKind.Gauge,
            "The sum of time in seconds it took to evaluate each rule in the group regardless of concurrency.", static g => g.LastRuleDurations.TotalSeconds);
        Write("prometheus_rule_group_last_evaluation_timestamp_seconds", MetricKind.Gauge, "The timestamp of the last rule group evaluation in seconds.",
            static g => g.LastEvaluation is { } time ? time.ToUnixTimeMilliseconds() / 1000.0 : 0);
        Write("prometheus_rule_group_last_evaluation_samples", MetricKind.Gauge, "The number of samples returned during the last rule group evaluation.",
            static g => g.LastSamples);
        Write("prometheus_rule_group_last_restore_duration_seconds", MetricKind.Gauge,
            "The duration of the last alert rules alerts restoration using the `ALERTS_FOR_STATE` series.", static g => g.RestoreDuration?.TotalSeconds);
        Write("prometheus_rule_group_rules", MetricKind.Gauge, "The number of rules.", static g => g.Rules);
    }
}
