using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>sns_configs</c>.</summary>
internal static class SnsFields
{
    public static void Read(IntegrationSection section)
    {
        section.ReadCommon(sendResolved: true);
        section.Texts("api_url");
        section.Map.OptionalSection("sigv4", "sigv4.plain", SigV4Config.Read);
        bool hasTopic = section.Text("topic_arn").Length > 0;
        bool hasPhone = section.Text("phone_number").Length > 0;
        bool hasTarget = section.Text("target_arn").Length > 0;
        section.Text("subject", "{{ template \"sns.default.subject\" . }}");
        section.Text("message", "{{ template \"sns.default.message\" . }}");
        section.Map.StringMap("attributes");
        section.Map.Bool("use_aws_http_client");

        // Upstream's own test, which lets all three pass as well as one.
        section.Require(!(hasTarget ^ hasTopic ^ !hasPhone), "must provide either a Target ARN, Topic ARN, or Phone Number for SNS config");
    }
}
