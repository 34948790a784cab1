using Pharos.Server.Options;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/features</c>: what a client may count on, under upstream's categories and names.</summary>
internal sealed class FeaturesEndpoint
{
    private readonly SortedDictionary<string, SortedDictionary<string, bool>> _features;

    public FeaturesEndpoint(ServerOptions options)
    {
        _features = FeatureList.Of(options);
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/features", WriteAsync);

    private Task WriteAsync(HttpContext context) => ApiResponse.WriteSuccessAsync(context, json =>
    {
        json.WriteStartObject();
        foreach ((string category, SortedDictionary<string, bool> features) in _features)
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
}
