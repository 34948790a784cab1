namespace Pharos.Fuzz;

/// <summary>The product made something wrong of an input.</summary>
internal sealed class FuzzFailureException(string message) : Exception(message);
