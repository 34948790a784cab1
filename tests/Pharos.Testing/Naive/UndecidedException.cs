namespace Pharos.Testing.Naive;

/// <summary>The answer hangs on the last bits of a float, or on an order that nobody promises: the query proves nothing.</summary>
public sealed class UndecidedException(string message) : Exception(message);
