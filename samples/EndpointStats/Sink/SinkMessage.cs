using System.Text.Json;

namespace EndpointStats.Sink;

/// <summary>A notification that arrived.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Received">When.</param>
/// <param name="Kind">The address it came to: <c>slack</c> or <c>webhook</c>.</param>
/// <param name="Body">The JSON, unchanged.</param>
internal sealed record SinkMessage(long Number, DateTimeOffset Received, string Kind, JsonElement Body);
