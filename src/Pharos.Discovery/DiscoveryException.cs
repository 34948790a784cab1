namespace Pharos.Discovery;

/// <summary>A source of targets cannot be read now; the message is for the operator.</summary>
internal sealed class DiscoveryException(string message, Exception? inner = null) : Exception(message, inner);
