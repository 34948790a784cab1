using System.Net;

namespace Pharos.Remote.Receiving;

/// <summary>The answer to a write request.</summary>
/// <param name="Status">
/// 204: all stored. 400: malformed, or some series refused while the others were stored; sending it again is useless. 413: too large. 415: another format.
/// 429: no room for new series; what is known was stored. 503: nothing was stored, try again.
/// </param>
/// <param name="Message">Plain text for the body, one line for each series that was refused (the first ones); empty with 204.</param>
/// <param name="Written">What was stored, for the headers of the answer; null for version 1, which has none.</param>
public readonly record struct RemoteWriteResponse(HttpStatusCode Status, string Message, WrittenCounts? Written = null);
