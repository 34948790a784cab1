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
        long chat = map.Parse("chat_id", 0L, 0L, ParseChat, "a whole number");
        map.Record("chat_id", CanonicalScalar.OfLiteral(chat.ToString(CultureInfo.InvariantCulture)));
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

    private static long ParseChat(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long chat)
        ? chat
        : throw new FormatException($"cannot unmarshal !!str `{ConfigText.Shorten(text)}` into int64");
}
