namespace Pharos.PromQL;

/// <summary>Who asks: each origin has places of its own, so that neither waits for the other.</summary>
public enum QueryOrigin
{
    /// <summary>People, by the API, dashboards and pages.</summary>
    People,

    /// <summary>Recording and alerting rules, which are due at their times.</summary>
    Rules,
}
