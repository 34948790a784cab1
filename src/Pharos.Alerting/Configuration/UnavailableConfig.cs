namespace Pharos.Alerting.Configuration;

/// <summary>An integration that is read and checked as upstream does, but that this version has no sender for.</summary>
public sealed record UnavailableConfig : IntegrationConfig
{
    /// <summary>For people: why nothing is delivered.</summary>
    public string Reason => $"{Kind} is not available: Pharos delivers to slack and webhook";
}
