namespace Pharos.Server.Api.Ui;

/// <summary>One line of "what changed". Immutable.</summary>
/// <param name="Time">Milliseconds since the Unix epoch.</param>
/// <param name="Kind">One of the words of <c>docs/api.md</c>.</param>
/// <param name="Title">What changed.</param>
/// <param name="Detail">More of it; may be empty.</param>
/// <param name="Link">A page of ours; may be empty.</param>
/// <param name="By">Who did it; may be empty.</param>
internal sealed record Change(long Time, string Kind, string Title, string Detail, string Link, string By);
