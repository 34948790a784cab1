namespace Pharos.Dashboards.Resolving;

/// <summary>A link that can be followed.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Url">Relative, or with the scheme http, https or mailto.</param>
/// <param name="NewTab">Whether it opens beside.</param>
public sealed record ResolvedLink(string Title, string Url, bool NewTab);
