namespace Pharos.Remote.Otlp.Messages;

/// <summary>The library that measured.</summary>
/// <param name="Name">Empty where unknown.</param>
/// <param name="Version">Empty where unknown.</param>
/// <param name="SchemaUrl">Of its metrics.</param>
/// <param name="Attributes">In <see cref="OtlpMessage.ScopeAttributes"/>.</param>
/// <param name="Metrics">In <see cref="OtlpMessage.Metrics"/>.</param>
internal readonly record struct OtlpScope(string Name, string Version, string SchemaUrl, Slice Attributes, Slice Metrics);
