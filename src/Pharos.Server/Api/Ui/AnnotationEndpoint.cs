using System.Text.Json;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.Rules.Views;
using Pharos.Server.Dashboards;

namespace Pharos.Server.Api.Ui;

/// <summary><c>p/annotations</c>: when alerts pended and fired, from the series that rules write, and when versions and the configuration changed, from the journal.</summary>
internal sealed class AnnotationEndpoint(UiServices services)
{
    private const int MaxBands = 500;
    private const int MaxMarks = 200;
    private const int MaxSteps = 720;

    private readonly UiQueries _queries = new(services.Queries);

    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Get, "annotations", WriteAsync);

    private async Task WriteAsync(HttpContext context)
    {
        var range = UiRange.Read(context, services.Clock);
        List<Band> bands = await BandsAsync(range, context.RequestAborted).ConfigureAwait(false);
        JournalEntry[] marks =
        [
            .. services.Journal.Read(range.From, range.To, int.MaxValue)
                .Where(static entry => entry.Kind is JournalKind.Reloaded or JournalKind.Deployed).Take(MaxMarks).Reverse(),
        ];
        await UiAnswer.WriteAsync(context, services.Clock, json =>
        {
            json.WriteStartArray("bands"u8);
            foreach (Band band in bands.Take(MaxBands))
            {
                WriteBand(json, band);
            }

            json.WriteEndArray();
            json.WriteStartArray("marks"u8);
            foreach (JournalEntry mark in marks)
            {
                bool isDeploy = mark.Kind == JournalKind.Deployed;
                json.WriteStartObject();
                json.WriteNumber("time"u8, mark.Time);
                json.WriteString("kind"u8, isDeploy ? "deploy" : "reload");
                json.WriteString("text"u8, isDeploy ? $"{mark.Subject} {mark.Detail}" : "Configuration reloaded");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteLimited(Math.Min(MaxBands, bands.Count), bands.Count);
        }).ConfigureAwait(false);
    }

    private async Task<List<Band>> BandsAsync(UiRange range, CancellationToken cancellationToken)
    {
        var bands = new List<Band>();
        long step = range.StepFor(MaxSteps);
        if (await _queries.RangeAsync("ALERTS", range, step, cancellationToken).ConfigureAwait(false) is not { } result)
        {
            return bands;
        }

        Dictionary<string, IReadOnlyList<string>> metrics = MetricsByAlert();
        foreach (ResultRow row in result.Rows)
        {
            string name = row.Labels["alertname"];
            var builder = new LabelsBuilder(row.Labels);
            builder.Remove(Label.MetricName);
            builder.Remove("alertstate");
            foreach ((int first, int last) in Presence.Stretches(row, result.Steps))
            {
                // It was there up to the next look at most.
                long end = Math.Min(range.To, result.TimeOf(last) + step);
                bands.Add(new Band(name, builder.ToLabels(), row.Labels["alertstate"], result.TimeOf(first), end, metrics.GetValueOrDefault(name) ?? []));
            }
        }

        bands.Sort(static (x, y) => x.From != y.From ? x.From.CompareTo(y.From) : string.CompareOrdinal(x.Name, y.Name));
        return bands;
    }

    private Dictionary<string, IReadOnlyList<string>> MetricsByAlert()
    {
        var metrics = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        RuleView[] rules = [.. services.Rules().SelectMany(static group => group.Rules)];
        ILookup<string, RuleView> recording = rules.Where(static rule => !rule.IsAlerting).ToLookup(static rule => rule.Name, StringComparer.Ordinal);
        foreach (RuleView rule in rules.Where(static rule => rule.IsAlerting))
        {
            IReadOnlyList<string> own = MetricsBehind(rule, recording);
            metrics[rule.Name] = metrics.TryGetValue(rule.Name, out IReadOnlyList<string>? others) ? [.. others.Union(own, StringComparer.Ordinal)] : own;
        }

        return metrics;
    }

    // A panel may show what a recording rule is made of.
    private static List<string> MetricsBehind(RuleView alerting, ILookup<string, RuleView> recording)
    {
        var metrics = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<RuleView>([alerting]);
        while (waiting.TryDequeue(out RuleView? rule))
        {
            foreach (string metric in ExpressionSelectors.MetricNames(rule.Expr).Where(seen.Add))
            {
                metrics.Add(metric);
                foreach (RuleView recorded in recording[metric])
                {
                    waiting.Enqueue(recorded);
                }
            }
        }

        return metrics;
    }

    private static void WriteBand(Utf8JsonWriter json, Band band)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, band.Name);
        json.WriteLabels("labels", band.Labels);
        json.WriteString("state"u8, band.State);
        json.WriteNumber("from"u8, band.From);
        json.WriteNumber("to"u8, band.To);
        json.WriteStartArray("metrics"u8);
        foreach (string metric in band.Metrics)
        {
            json.WriteStringValue(metric);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record Band(string Name, Labels Labels, string State, long From, long To, IReadOnlyList<string> Metrics);
}
