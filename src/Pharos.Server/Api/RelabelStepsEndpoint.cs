using System.Text.Json;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Scrape;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/targets/relabel_steps</c>: what each relabelling step of a job makes of the labels of a target, kept or dropped.</summary>
internal sealed class RelabelStepsEndpoint
{
    private const int MaxLabels = 1000;
    private const int MaxCharacters = 256 * 1024;

    private readonly ScrapeManager _manager;

    public RelabelStepsEndpoint(ScrapeManager manager)
    {
        _manager = manager;
    }

    public void Map(IEndpointRouteBuilder reading) => reading.MapGet("/api/v1/targets/relabel_steps", WriteAsync);

    private Task WriteAsync(HttpContext context)
    {
        string pool = context.Request.Query["scrapePool"].ToString();
        if (pool.Length == 0)
        {
            return ApiResponse.WriteErrorAsync(context, ApiErrorType.BadData, "no scrapePool parameter provided");
        }

        if (ReadLabels(context.Request.Query["labels"].ToString(), out string? error) is not { } labels)
        {
            return ApiResponse.WriteErrorAsync(context, ApiErrorType.BadData, $"error parsing labels: {error}");
        }

        return _manager.FindRelabelConfigs(pool) is { } configs
            ? ApiResponse.WriteSuccessAsync(context, json => WriteSteps(json, labels, configs))
            : ApiResponse.WriteErrorAsync(context, ApiErrorType.BadData, $"error getting scrape config: scrape pool {GoQuote.Quote(pool)} not found");
    }

    private static void WriteSteps(Utf8JsonWriter json, Labels labels, IReadOnlyList<RelabelConfig> configs)
    {
        var builder = new LabelsBuilder(labels);
        bool keep = true;
        json.WriteStartObject();
        json.WriteStartArray("steps"u8);
        foreach (RelabelConfig config in configs)
        {
            // A target that is dropped stays so: later steps are listed and do nothing.
            keep = keep && Relabeler.Process(builder, [config]);
            json.WriteStartObject();
            WriteRule(json, config);
            json.WriteLabels("output", keep ? builder.ToLabels() : Labels.Empty);
            json.WriteBoolean("keep"u8, keep);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, RelabelConfig config)
    {
        json.WriteStartObject("rule"u8);
        if (config.SourceLabels.Count > 0)
        {
            json.WriteStartArray("source_labels"u8);
            foreach (string name in config.SourceLabels)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        WriteIfAny(json, "separator", config.Separator);
        WriteIfAny(json, "regex", config.Regex.Pattern);
        if (config.Modulus != 0)
        {
            json.WriteNumber("modulus"u8, config.Modulus);
        }

        WriteIfAny(json, "target_label", config.TargetLabel);
        WriteIfAny(json, "replacement", config.Replacement);
        WriteIfAny(json, "action", config.Action.ToText());
        json.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    private static Labels? ReadLabels(string text, out string? error)
    {
        error = null;
        if (text.Length is 0 or > MaxCharacters)
        {
            error = text.Length == 0 ? "no labels parameter provided" : $"more than {MaxCharacters} characters";
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            var builder = new LabelsBuilder();
            int count = 0;
            foreach (JsonProperty label in document.RootElement.EnumerateObject())
            {
                if (++count > MaxLabels)
                {
                    error = $"more than {MaxLabels} labels";
                    return null;
                }

                builder.Set(label.Name, label.Value.GetString() ?? "");
            }

            return builder.ToLabels();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            error = "expected a JSON object of texts";
            return null;
        }
    }
}
