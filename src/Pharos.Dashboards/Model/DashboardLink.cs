namespace Pharos.Dashboards.Model;

/// <summary>A link of a dashboard or a panel; texts still have their variables.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Url">Where it leads; for links of the type <c>dashboards</c> empty.</param>
/// <param name="NewTab">Whether it opens beside.</param>
/// <param name="WithTime">Whether the time range goes along.</param>
/// <param name="WithVariables">Whether the variables go along.</param>
/// <param name="Tags">Leads to every dashboard that has all of these; null for a link with a URL of its own.</param>
public sealed record DashboardLink(string Title, string Url, bool NewTab, bool WithTime, bool WithVariables, IReadOnlyList<string>? Tags);
