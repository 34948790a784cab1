using Pharos.Core.Labels;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>wechat_configs</c>.</summary>
internal static class WechatFields
{
    public static void Read(IntegrationSection section)
    {
        section.ReadCommon(sendResolved: false);
        bool hasSecret = section.SecretOrFile("api_secret");
        bool hasCorpId = section.Text("corp_id").Length > 0;
        section.Text("message", "{{ template \"wechat.default.message\" . }}");
        section.Url("api_url", "wechat_api_url", "no global Wechat URL set");
        section.Text("to_user", "{{ template \"wechat.default.to_user\" . }}");
        section.Text("to_party", "{{ template \"wechat.default.to_party\" . }}");
        section.Text("to_tag", "{{ template \"wechat.default.to_tag\" . }}");
        section.Text("agent_id", "{{ template \"wechat.default.agent_id\" . }}");
        section.Map.Choice(
            "message_type",
            "text",
            static type => $"weChat message type {GoQuote.Quote(type)} does not match valid options ^(text|markdown)$",
            "text", "markdown");
        section.Require(
            hasSecret || section.Global.HasAny("wechat_api_secret", "wechat_api_secret_file"),
            "no global Wechat Api Secret set either inline or in a file");
        section.Require(hasCorpId || section.Global.HasAny("wechat_api_corp_id"), "no global Wechat CorpID set");
    }
}
