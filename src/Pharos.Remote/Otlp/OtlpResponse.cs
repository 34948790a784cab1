using System.Net;

namespace Pharos.Remote.Otlp;

/// <summary>The answer to an OTLP request.</summary>
/// <param name="Status">
/// 200: all stored. 400: malformed, or some samples refused for their time while the others were stored. 413: too large. 429: no room for new series; what is known was stored.
/// 500: something cannot be translated, and nothing was stored; sending it again is useless. 503: nothing was stored, try again.
/// </param>
/// <param name="Message">Plain text for the body, a line for each failure (the first ones); empty with 200.</param>
/// <param name="Warnings">What was translated otherwise than the sender may have meant; for the log.</param>
public sealed record OtlpResponse(HttpStatusCode Status, string Message, IReadOnlyList<string> Warnings);
