using System.Text.Json;

namespace Pharos.Acceptance.Tests.Processes;

/// <summary>A request that a <see cref="CapturingReceiver"/> got.</summary>
internal sealed record CapturedRequest(string Method, string Path, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
