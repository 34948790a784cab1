using Pharos.Server.Options;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/features</c>: what a client may count on, under upstream's categories and names.</summary>
internal sealed class FeaturesEndpoint
{
    private readonly ServerOptions _options;

    public FeaturesEndpoint(ServerOptions options)
    {
        _options = options;
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/features", WriteAsync);

    private Task WriteAsync(HttpContext context) => ApiResponse.WriteSuccessAsync(context, json =>
    {
        json.WriteStartObject();
        foreach ((string category, (string Name, bool Enabled)[] features) in Categories())
        {
            json.WriteStartObject(category);
            foreach ((string name, bool enabled) in features)
            {
                json.WriteBoolean(name, enabled);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    private (string Category, (string Name, bool Enabled)[] Features)[] Categories() =>
    [
        ("api",
        [
            ("admin", _options.Web.EnableAdminApi),
            ("label_values_match", true),
            ("lifecycle", _options.Web.EnableLifecycle),
            ("otlp_write_receiver", false),
            ("query_stats", true),
            ("query_warnings", true),
            ("remote_write_receiver", _options.Web.EnableRemoteWriteReceiver),
            ("search", false),
            ("time_range_labels", true),
            ("time_range_series", true),
        ]),
        ("prometheus",
        [
            ("agent_mode", false),
            ("auto_reload_config", _options.AutoReloadInterval is not null),
            ("server_mode", true),
        ]),
        ("promql",
        [
            ("at_modifier", true),
            ("delayed_name_removal", _options.Features.Contains(FeatureNames.DelayedNameRemoval)),
            ("negative_offset", true),
            ("subqueries", true),
        ]),
        ("rules",
        [
            ("concurrent_rule_eval", false),
            ("keep_firing_for", true),
            ("query_offset", true),
        ]),
        ("tsdb",
        [
            ("exemplar_storage", _options.Storage.KeepsExemplars),
            ("isolation", true),
            ("native_histograms", false),
        ]),
    ];
}
