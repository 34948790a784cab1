namespace Pharos.Remote.Otlp.Messages;

/// <summary>Who sends, and what.</summary>
/// <param name="Attributes">In <see cref="OtlpMessage.ResourceAttributes"/>.</param>
/// <param name="Scopes">In <see cref="OtlpMessage.Scopes"/>.</param>
internal readonly record struct OtlpResource(Slice Attributes, Slice Scopes);
