namespace Pharos.Remote.Otlp.Messages;

/// <summary>A key and what its value is as text, the only form in which labels need it.</summary>
/// <param name="Key">Of any characters; may be empty.</param>
/// <param name="Value">By <see cref="AttributeJson"/> where the value is not a string.</param>
internal readonly record struct OtlpAttribute(string Key, string Value);
