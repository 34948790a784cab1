namespace Pharos.Conformance.Scripts;

/// <summary>A test script is not valid.</summary>
internal sealed class ScriptException(int line, string message) : Exception($"line {line}: {message}");
