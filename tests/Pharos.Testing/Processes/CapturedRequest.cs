using System.Text.Json;

namespace Pharos.Testing.Processes;

/// <summary>A request that a <see cref="CapturingReceiver"/> got.</summary>
public sealed record CapturedRequest(string Method, string Path, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
