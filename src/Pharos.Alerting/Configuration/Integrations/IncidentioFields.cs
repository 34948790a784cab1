namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>incidentio_configs</c>.</summary>
internal static class IncidentioFields
{
    public static void Read(IntegrationSection section)
    {
        section.ReadCommon(sendResolved: true);
        bool hasUrl = section.Map.HttpUrl("url") is not null;
        bool hasUrlFile = section.Map.Path("url_file").Length > 0;
        bool hasToken = section.SecretOrFile("alert_source_token");
        section.Map.Count("max_alerts");
        section.Map.GoDuration("timeout");
        section.Require(hasUrl || hasUrlFile, "one of url or url_file must be configured");
        section.Require(!hasUrl || !hasUrlFile, "at most one of url & url_file must be configured");
        bool isAuthorized = section.OwnHttp?.Authorization is not null;
        section.Require(!isAuthorized || !hasToken, "cannot specify alert_source_token or alert_source_token_file when using http_config.authorization");
        section.Require(
            section.OwnHttp is null || isAuthorized || hasToken,
            "at least one of alert_source_token, alert_source_token_file or http_config.authorization must be configured");
    }
}
