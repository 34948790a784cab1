using System.Globalization;
using System.Text.Json;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.PromQL.Syntax;
using Pharos.Scrape;
using Pharos.Scrape.Targets;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/metadata</c> and <c>/api/v1/targets/metadata</c>: what targets say about their metric families.</summary>
internal sealed class MetadataEndpoints
{
    private readonly ScrapeManager _manager;

    public MetadataEndpoints(ScrapeManager manager)
    {
        _manager = manager;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/metadata", WriteByMetricAsync);
        routes.MapGet("/api/v1/targets/metadata", WriteByTargetAsync);
    }

    private Task WriteByMetricAsync(HttpContext context)
    {
        if (!TryReadLimit(context, "limit", out int limit))
        {
            return ApiResponse.WriteErrorAsync(context, ApiErrorType.BadData, "limit must be a number");
        }

        if (!TryReadLimit(context, "limit_per_metric", out int limitPerMetric))
        {
            return ApiResponse.WriteErrorAsync(context, ApiErrorType.BadData, "limit_per_metric must be a number");
        }

        string metric = context.Request.Query["metric"].ToString();
        SortedDictionary<string, HashSet<(MetricType Type, string Unit, string Help)>> families = new(Utf8Ordinal.Comparer);
        foreach (TargetView target in ActiveTargets())
        {
            foreach (MetricMetadata said in target.ListMetadata())
            {
                if (metric.Length > 0 && said.Family != metric)
                {
                    continue;
                }

                if (!families.TryGetValue(said.Family, out HashSet<(MetricType Type, string Unit, string Help)>? variants))
                {
                    families.Add(said.Family, variants = []);
                }

                if (limitPerMetric <= 0 || variants.Count < limitPerMetric)
                {
                    variants.Add((said.Type, said.Unit, said.Help));
                }
            }
        }

        return ApiResponse.WriteSuccessAsync(context, json => WriteFamilies(json, limit >= 0 ? families.Take(limit) : families));
    }

    private Task WriteByTargetAsync(HttpContext context)
    {
        if (!TryReadLimit(context, "limit", out int limit))
        {
            return ApiResponse.WriteErrorAsync(context, ApiErrorType.BadData, "limit must be a number");
        }

        IReadOnlyList<Matcher> matchers = [];
        if (context.Request.Query["match_target"].ToString() is { Length: > 0 } selector)
        {
            try
            {
                matchers = PromQLParser.ParseMetricSelector(selector);
            }
            catch (PromQLException exception)
            {
                return ApiResponse.WriteErrorAsync(context, ApiErrorType.BadData, $"invalid parameter \"match_target\": {exception.Message}");
            }
        }

        string metric = context.Request.Query["metric"].ToString();
        IEnumerable<TargetView> targets = ActiveTargets().Where(target => matchers.All(matcher => matcher.Matches(target.Labels[matcher.Name])));
        return ApiResponse.WriteSuccessAsync(context, json => WriteTargets(json, targets, metric, limit));
    }

    private static void WriteFamilies(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, HashSet<(MetricType Type, string Unit, string Help)>>> families)
    {
        json.WriteStartObject();
        foreach ((string family, HashSet<(MetricType Type, string Unit, string Help)> variants) in families)
        {
            json.WriteStartArray(family);
            foreach ((MetricType type, string unit, string help) in variants)
            {
                json.WriteStartObject();
                json.WriteString("type"u8, type.ToText());
                json.WriteString("unit"u8, unit);
                json.WriteString("help"u8, help);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // As upstream the limit is looked at before each target, and a target is then written whole; without a metric its name stands beside the rest.
    private static void WriteTargets(Utf8JsonWriter json, IEnumerable<TargetView> targets, string metric, int limit)
    {
        int count = 0;
        json.WriteStartArray();
        foreach (TargetView target in targets.TakeWhile(_ => limit < 0 || count < limit))
        {
            foreach (MetricMetadata said in target.ListMetadata())
            {
                if (metric.Length > 0 && said.Family != metric)
                {
                    continue;
                }

                json.WriteStartObject();
                json.WriteLabels("target", target.Labels);
                if (metric.Length == 0)
                {
                    json.WriteString("metric"u8, said.Family);
                }

                json.WriteString("type"u8, said.Type.ToText());
                json.WriteString("help"u8, said.Help);
                json.WriteString("unit"u8, said.Unit);
                json.WriteEndObject();
                count++;
            }
        }

        json.WriteEndArray();
    }

    private static bool TryReadLimit(HttpContext context, string name, out int limit)
    {
        limit = -1;
        string text = context.Request.Query[name].ToString();
        return text.Length == 0 || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit);
    }

    private IEnumerable<TargetView> ActiveTargets() => _manager.GetPools().SelectMany(static pool => pool.Active);
}
