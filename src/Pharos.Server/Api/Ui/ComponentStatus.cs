namespace Pharos.Server.Api.Ui;

/// <summary>How one part of the server does. Immutable.</summary>
/// <param name="Name">The part.</param>
/// <param name="State"><c>ok</c>, <c>warning</c>, <c>error</c> or <c>off</c>.</param>
/// <param name="Text">One sentence or part of one.</param>
/// <param name="Fix">What to do about it; null when nothing has to be done.</param>
internal sealed record ComponentStatus(string Name, string State, string Text, string? Fix = null);
