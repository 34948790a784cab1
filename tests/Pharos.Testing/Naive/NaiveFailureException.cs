namespace Pharos.Testing.Naive;

/// <summary>The query must be refused.</summary>
public sealed class NaiveFailureException(string message) : Exception(message);
