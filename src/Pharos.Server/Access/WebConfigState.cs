using Pharos.Access.WebConfig;

namespace Pharos.Server.Access;

/// <summary>The web configuration in effect with its certificates. Immutable; replaced whole.</summary>
/// <param name="Config">What the file says.</param>
/// <param name="Tls">There when TLS is on.</param>
internal sealed record WebConfigState(WebConfigFile Config, TlsFiles? Tls);
