using Pharos.Core.Contracts;
using Pharos.Rules.Views;
using Pharos.Storage;

namespace Pharos.Server.Api.Ui;

/// <summary>How the server itself does, from its counters and, where it scrapes itself, from its own series. Immutable; what is not known is null.</summary>
internal sealed record SelfReport
{
    private const int SparkPoints = 60;

    /// <summary>Whether nothing of the server needs a person.</summary>
    public required bool Well { get; init; }

    public required double SamplesPerSecond { get; init; }

    public required long Series { get; init; }

    public double? QueryP95Ms { get; init; }

    /// <summary>The group that took the greatest part of its interval.</summary>
    public (double WorstMs, double IntervalMs)? Rules { get; init; }

    /// <summary>Messages within the range.</summary>
    public required (int Sent, int Failed) Notifications { get; init; }

    public required long UsedBytes { get; init; }

    public DiskSpace? Disk { get; init; }

    public double? FullInSeconds { get; init; }

    public Spark? SamplesSpark { get; init; }

    public Spark? SeriesSpark { get; init; }

    public Spark? QueriesSpark { get; init; }

    public static async Task<SelfReport> GatherAsync(UiServices services, UiQueries queries, UiRange range, CancellationToken cancellationToken)
    {
        TsdbMetrics metrics = services.Store()?.GetMetrics() ?? new TsdbMetrics();
        long step = range.StepFor(SparkPoints);
        double up = (services.Clock.GetUtcNow() - services.StartedAt).TotalSeconds;
        double? rate = await queries.ValueAsync("sum(rate(prometheus_tsdb_head_samples_appended_total[1m]))", range.To, cancellationToken).ConfigureAwait(false);
        double? p95 = await queries.ValueAsync(
            "histogram_quantile(0.95, sum by (le) (rate(prometheus_http_request_duration_seconds_bucket{handler=~\".*/query.*\"}[5m])))", range.To, cancellationToken).ConfigureAwait(false);
        double? growth = await queries.ValueAsync("deriv(prometheus_tsdb_wal_storage_size_bytes[1h])", range.To, cancellationToken).ConfigureAwait(false);
        DiskSpace? disk = DiskSpace.Of(services.DataFolder);
        IReadOnlyList<JournalEntry> entries = services.Journal.Read(range.From, range.To, int.MaxValue);
        int failed = entries.Count(static entry => entry.Kind == JournalKind.NotificationFailed);
        return new SelfReport
        {
            Well = services.Reload.Current.Succeeded && metrics.WalWriteFailures == 0 && metrics.TruncationFailures == 0
                && (disk is null || disk.FreeBytes >= disk.TotalBytes * 0.05) && services.Messages.FailingReceivers().Count == 0,

            // Before the server has looked at itself twice: the mean since the start.
            SamplesPerSecond = rate ?? (up > 0 ? metrics.SamplesAppended / up : 0),
            Series = metrics.Series,
            QueryP95Ms = p95 * 1000,
            Rules = WorstOf(services.Rules()),
            Notifications = (entries.Count(static entry => entry.Kind == JournalKind.NotificationSent), failed),
            UsedBytes = metrics.WalStorageBytes,
            Disk = disk,
            FullInSeconds = growth > 1 && disk is not null ? disk.FreeBytes / growth : null,
            SamplesSpark = await SparkAsync(queries, "sum(rate(prometheus_tsdb_head_samples_appended_total[1m]))", range, step, cancellationToken).ConfigureAwait(false),
            SeriesSpark = await SparkAsync(queries, "max(prometheus_tsdb_head_series)", range, step, cancellationToken).ConfigureAwait(false),
            QueriesSpark = await SparkAsync(
                queries, "sum(rate(prometheus_engine_query_duration_seconds_count{slice=\"inner_eval\"}[1m]))", range, step, cancellationToken).ConfigureAwait(false),
        };
    }

    private static async Task<Spark?> SparkAsync(UiQueries queries, string query, UiRange range, long step, CancellationToken cancellationToken) =>
        await queries.RangeAsync(query, range, step, cancellationToken).ConfigureAwait(false) is { Rows: [var row, ..] } result ? Spark.Of(result, row) : null;

    private static (double WorstMs, double IntervalMs)? WorstOf(IReadOnlyList<RuleGroupView> groups) =>
        groups.Where(static group => group.LastEvaluation is not null && group.Interval > TimeSpan.Zero).MaxBy(static group => group.EvaluationDuration / group.Interval) is { } worst
            ? (worst.EvaluationDuration.TotalMilliseconds, worst.Interval.TotalMilliseconds)
            : null;
}
