using System.Globalization;
using System.Text.Json;
using Pharos.Scrape;
using Pharos.Scrape.Targets;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/targets</c> and <c>/api/v1/scrape_pools</c>: what is scraped, how it goes, and what was left out.</summary>
internal sealed class TargetEndpoints
{
    private readonly ScrapeManager _manager;
    private readonly Func<GlobalUrl> _globalUrl;

    /// <param name="manager">Who scrapes.</param>
    /// <param name="globalUrl">How targets on this machine are reached from elsewhere; known once the ports are bound.</param>
    public TargetEndpoints(ScrapeManager manager, Func<GlobalUrl> globalUrl)
    {
        _manager = manager;
        _globalUrl = globalUrl;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/targets", WriteTargetsAsync);
        routes.MapGet("/api/v1/scrape_pools", WritePoolsAsync);
    }

    private Task WritePoolsAsync(HttpContext context) => ApiResponse.WriteSuccessAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("scrapePools"u8);
        foreach (string name in _manager.GetPoolNames())
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private Task WriteTargetsAsync(HttpContext context)
    {
        string pool = context.Request.Query["scrapePool"].ToString();
        string state = context.Request.Query["state"].ToString().ToLowerInvariant();
        bool showActive = state is "" or "any" or "active";
        bool showDropped = state is "" or "any" or "dropped";
        IReadOnlyList<ScrapePoolView> all = _manager.GetPools();
        ScrapePoolView[] shown = [.. all.Where(view => pool.Length == 0 || view.Name == pool)];
        GlobalUrl globalUrl = _globalUrl();
        return ApiResponse.WriteSuccessAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("activeTargets"u8);
            foreach (TargetView target in showActive ? shown.SelectMany(static view => view.Active) : [])
            {
                WriteActive(json, target, globalUrl);
            }

            json.WriteEndArray();
            json.WriteStartArray("droppedTargets"u8);
            foreach (DroppedTargetView target in showDropped ? shown.SelectMany(static view => view.Dropped) : [])
            {
                json.WriteStartObject();
                json.WriteLabels("discoveredLabels", target.DiscoveredLabels);
                json.WriteString("scrapePool"u8, target.ScrapePool);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteDroppedCounts(json, showDropped ? all : null);
            WriteProblems(json, shown);
            json.WriteEndObject();
        });
    }

    private static void WriteActive(Utf8JsonWriter json, TargetView target, GlobalUrl globalUrl)
    {
        json.WriteStartObject();
        json.WriteLabels("discoveredLabels", target.DiscoveredLabels);
        json.WriteLabels("labels", target.Labels);
        json.WriteString("scrapePool"u8, target.ScrapePool);
        json.WriteString("scrapeUrl"u8, target.ScrapeUrl);
        json.WriteString("globalUrl"u8, globalUrl.Of(target.ScrapeUrl));
        json.WriteString("lastError"u8, target.LastError);
        json.WriteString("lastScrape"u8, target.LastScrape.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        json.WriteNumber("lastScrapeDuration"u8, target.LastScrapeDuration.TotalSeconds);
        json.WriteString("health"u8, target.Health switch
        {
            TargetHealth.Up => "up"u8,
            TargetHealth.Down => "down"u8,
            _ => "unknown"u8,
        });
        json.WriteString("scrapeInterval"u8, target.ScrapeInterval);
        json.WriteString("scrapeTimeout"u8, target.ScrapeTimeout);
        json.WriteEndObject();
    }

    // Upstream counts over all pools, whichever is asked for, and writes null where nothing dropped was asked for.
    private static void WriteDroppedCounts(Utf8JsonWriter json, IReadOnlyList<ScrapePoolView>? pools)
    {
        if (pools is null)
        {
            json.WriteNull("droppedTargetCounts"u8);
            return;
        }

        json.WriteStartObject("droppedTargetCounts"u8);
        foreach (ScrapePoolView pool in pools)
        {
            json.WriteNumber(pool.Name, pool.DroppedCount);
        }

        json.WriteEndObject();
    }

    // Beyond upstream: why a job has fewer targets than its author hopes for. Only where something is wrong.
    private static void WriteProblems(Utf8JsonWriter json, IReadOnlyList<ScrapePoolView> pools)
    {
        json.WriteStartArray("problems"u8);
        foreach (ScrapePoolView pool in pools)
        {
            IEnumerable<string> problems =
            [
                .. pool.Error.Length > 0 ? [pool.Error] : Array.Empty<string>(),
                .. pool.LastSyncErrors,
                .. pool.Discovery.Where(static status => status.NotAvailable is not null).Select(static status => $"{status.Mechanism}: not available: {status.NotAvailable}"),
                .. pool.Discovery.Where(static status => status.Error is not null).Select(static status => $"{status.Mechanism}: {status.Error}"),
            ];
            foreach (string problem in problems)
            {
                json.WriteStartObject();
                json.WriteString("scrapePool"u8, pool.Name);
                json.WriteString("problem"u8, problem);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}
