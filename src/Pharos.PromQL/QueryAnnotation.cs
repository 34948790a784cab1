namespace Pharos.PromQL;

/// <summary>Something to know about an answer.</summary>
/// <param name="IsWarning">The answer may be wrong; otherwise it is information.</param>
/// <param name="Message">Upstream's message, <c>PromQL warning: …</c> or <c>PromQL info: …</c>, without a position.</param>
/// <param name="Text">The message with its position in the query, as the HTTP API shows it.</param>
public sealed record QueryAnnotation(bool IsWarning, string Message, string Text);
