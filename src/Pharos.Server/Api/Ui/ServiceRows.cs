using Pharos.PromQL;
using Pharos.Scrape.Targets;

namespace Pharos.Server.Api.Ui;

/// <summary>Gathers the services: every job, with what the well-known metrics of requests say of it.</summary>
internal sealed class ServiceRows(UiServices services, UiQueries queries)
{
    private const int MaxServices = 200;
    private const int RibbonSteps = 120;

    /// <summary>Counters of requests, the first that a job has.</summary>
    private static readonly string[] RequestMetrics =
    [
        "http_requests_total", "http_server_requests_seconds_count", "http_server_request_duration_seconds_count", "flask_http_request_total",
        "http_request_duration_seconds_count", "nginx_ingress_controller_requests", "nginx_http_requests_total", "prometheus_http_requests_total",
    ];

    private static readonly string[] DurationMetrics =
    [
        "http_request_duration_seconds", "http_server_requests_seconds", "http_server_request_duration_seconds", "flask_http_request_duration_seconds",
        "nginx_ingress_controller_request_duration_seconds", "prometheus_http_request_duration_seconds",
    ];

    /// <summary>Labels of the status, as the libraries call it.</summary>
    private static readonly string[] StatusLabels = ["status", "code", "status_code", "http_response_status_code"];

    public async Task<IReadOnlyList<ServiceRow>> GatherAsync(UiRange range, CancellationToken cancellationToken)
    {
        var jobs = new SortedDictionary<string, (int Up, int Total)>(StringComparer.Ordinal);
        foreach (TargetView target in services.Pools().SelectMany(static pool => pool.Active))
        {
            string job = target.Labels["job"];
            (int up, int total) = jobs.GetValueOrDefault(job);
            jobs[job] = (up + (target.Health == TargetHealth.Up ? 1 : 0), total + 1);
        }

        var requests = new Dictionary<string, double>(StringComparer.Ordinal);
        var errors = new Dictionary<string, double>(StringComparer.Ordinal);
        var p95 = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string metric in RequestMetrics)
        {
            await AddRequestsAsync(metric, range.To, requests, errors, cancellationToken).ConfigureAwait(false);
        }

        foreach (string metric in DurationMetrics)
        {
            string query = $"histogram_quantile(0.95, sum by (job, le) (rate({metric}_bucket[5m])))";
            TakeNew(p95, await queries.ByLabelAsync("job", query, range.To, cancellationToken).ConfigureAwait(false));
        }

        Dictionary<string, (long, long, string)[]> ribbons = await RibbonsAsync(range, cancellationToken).ConfigureAwait(false);
        return
        [
            .. jobs.Take(MaxServices).Select(job => new ServiceRow(
                job.Key,
                job.Value.Up,
                job.Value.Total,
                requests.TryGetValue(job.Key, out double rate) ? rate : null,
                errors.TryGetValue(job.Key, out double share) ? share : null,
                p95.TryGetValue(job.Key, out double seconds) ? seconds : null,
                ribbons.GetValueOrDefault(job.Key) ?? [(range.From, range.To, "unknown")])),
        ];
    }

    private async Task AddRequestsAsync(
        string metric, long time, Dictionary<string, double> requests, Dictionary<string, double> errors, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, double> rates = await queries.ByLabelAsync("job", $"sum by (job) (rate({metric}[5m]))", time, cancellationToken).ConfigureAwait(false);
        if (rates.Count == 0)
        {
            return;
        }

        string failed = string.Join(" or ", StatusLabels.Select(label => $"rate({metric}{{{label}=~\"5..\"}}[5m])"));
        string known = string.Join(" or ", StatusLabels.Select(label => $"rate({metric}{{{label}!=\"\"}}[5m])"));
        IReadOnlyDictionary<string, double> failures =
            await queries.ByLabelAsync("job", $"sum by (job) ({failed}) or 0 * sum by (job) ({known})", time, cancellationToken).ConfigureAwait(false);
        foreach ((string job, double rate) in rates)
        {
            if (requests.TryAdd(job, rate) && rate > 0 && failures.TryGetValue(job, out double failing))
            {
                errors[job] = Math.Clamp(failing / rate, 0, 1);
            }
        }
    }

    private async Task<Dictionary<string, (long, long, string)[]>> RibbonsAsync(UiRange range, CancellationToken cancellationToken)
    {
        long step = range.StepFor(RibbonSteps);
        QueryResult? up = await queries.RangeAsync("min by (job) (up)", range, step, cancellationToken).ConfigureAwait(false);
        QueryResult? alerts = await queries.RangeAsync("group by (job, alertstate) (ALERTS{job!=\"\"})", range, step, cancellationToken).ConfigureAwait(false);
        var ribbons = new Dictionary<string, (long, long, string)[]>(StringComparer.Ordinal);
        foreach (ResultRow row in up?.Rows ?? [])
        {
            string job = row.Labels["job"];
            ResultRow? pending = Find(alerts, job, "pending");
            ResultRow? firing = Find(alerts, job, "firing");
            var ribbon = new List<(long From, long To, string State)>();
            for (int i = 0; i < up!.Steps; i++)
            {
                string state = StateAt(i, row, pending, firing);
                long from = up.TimeOf(i);
                long to = Math.Min(range.To, from + step);
                if (ribbon.Count > 0 && ribbon[^1].State == state)
                {
                    ribbon[^1] = (ribbon[^1].From, to, state);
                }
                else
                {
                    ribbon.Add((from, to, state));
                }
            }

            ribbons[job] = [.. ribbon];
        }

        return ribbons;
    }

    private static string StateAt(int step, ResultRow up, ResultRow? pending, ResultRow? firing)
    {
        if (firing is not null && firing.Has(step))
        {
            return "firing";
        }

        if (up.Has(step) && up.Values.Span[step] == 0)
        {
            return "down";
        }

        if (pending is not null && pending.Has(step))
        {
            return "pending";
        }

        return up.Has(step) ? "ok" : "unknown";
    }

    private static ResultRow? Find(QueryResult? alerts, string job, string state) =>
        alerts?.Rows.FirstOrDefault(row => row.Labels["job"] == job && row.Labels["alertstate"] == state);

    private static void TakeNew(Dictionary<string, double> values, IReadOnlyDictionary<string, double> found)
    {
        foreach ((string job, double value) in found)
        {
            values.TryAdd(job, value);
        }
    }
}
