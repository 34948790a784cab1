using System.Globalization;
using Pharos.Config;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>telegram_configs</c>.</summary>
internal static class TelegramFields
{
    public static void Read(IntegrationSection section)
    {
        YamlMapping map = section.Map;
        section.ReadCommon(sendResolved: true);
        section.Url("api_url", "telegram_api_url", "no global Telegram URL set");
        bool hasToken = section.SecretOrFile("bot_token");
        Int128 chat = ReadChat(map);
        bool hasChatFile = map.Path("chat_id_file").Length > 0;
        map.Int("message_thread_id");
        section.Text("message", "{{ template \"telegram.default.message\" . }}");
        map.Bool("disable_notifications");
        string mode = map.String("parse_mode", "HTML");
        section.Require(
            mode is "" or "Markdown" or "MarkdownV2" or "HTML",
            "unknown parse_mode on telegram_config, must be Markdown, MarkdownV2, HTML or empty string");
        section.Require(chat != 0 || hasChatFile, "missing chat_id or chat_id_file on telegram_config");
        section.Require(chat == 0 || !hasChatFile, "at most one of chat_id & chat_id_file must be configured");
        section.Require(
            hasToken || section.Global.HasAny("telegram_bot_token", "telegram_bot_token_file"),
            "missing bot_token or bot_token_file on telegram_config");
    }

    // As upstream's int64: a number, not a text of digits.
    private static Int128 ReadChat(YamlMapping map)
    {
        YamlNode? node = map.Take("chat_id");
        if (node is null || node.IsNull)
        {
            return 0;
        }

        if (!YamlScalar.TryInteger(node, out Int128 chat) || chat > long.MaxValue)
        {
            map.Refuse("chat_id", $"cannot unmarshal {YamlScalar.ResolveTag(node)} `{ConfigText.Shorten(node.Text)}` into int64", "a whole number");
            return 1;
        }

        map.Record("chat_id", CanonicalScalar.OfLiteral(chat.ToString(CultureInfo.InvariantCulture)));
        return chat;
    }
}
