namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>One thing that happened, or will, to an alert.</summary>
/// <param name="Kind">As <c>docs/api.md</c> lists them.</param>
/// <param name="Time">Milliseconds since the Unix epoch.</param>
/// <param name="Text">A short sentence.</param>
/// <param name="Detail">More of it; may be empty.</param>
internal sealed record TimelineEntry(string Kind, long Time, string Text, string Detail = "");
