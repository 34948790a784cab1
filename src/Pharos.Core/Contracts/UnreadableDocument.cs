namespace Pharos.Core.Contracts;

/// <summary>A document that is there and cannot be used.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Place">Where it is: a file's path, or a row's key.</param>
/// <param name="Reason">What is wrong with it, without its content.</param>
public sealed record UnreadableDocument(string Kind, string Place, string Reason);
