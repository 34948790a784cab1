namespace EndpointStats.Traffic;

/// <summary>A request that a visitor might send.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">With what varies in it.</param>
internal readonly record struct TrafficRequest(HttpMethod Method, string Path);
