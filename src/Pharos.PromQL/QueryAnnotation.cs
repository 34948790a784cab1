using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL;

/// <summary>Something to know about an answer.</summary>
/// <param name="IsWarning">The answer may be wrong; otherwise it is information.</param>
/// <param name="Message">Upstream's message, <c>PromQL warning: …</c> or <c>PromQL info: …</c>, without a position.</param>
/// <param name="Text">The message with its position in the query, as the HTTP API shows it.</param>
/// <param name="Position">The part of the query that it is about.</param>
public sealed record QueryAnnotation(bool IsWarning, string Message, string Text, PositionRange Position);
