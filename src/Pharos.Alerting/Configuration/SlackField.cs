namespace Pharos.Alerting.Configuration;

/// <summary>A field of a Slack message; title and value are templates.</summary>
/// <param name="Title">Not empty.</param>
/// <param name="Value">Not empty.</param>
/// <param name="IsShort">Fits beside another; null: as the message says.</param>
public sealed record SlackField(string Title, string Value, bool? IsShort);
