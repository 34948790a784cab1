using System.Text;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Templates;

namespace Pharos.Alerting.Receivers.Slack;

/// <summary>A message as Slack takes it, byte for byte as upstream's.</summary>
/// <param name="Channel">Where it goes, expanded.</param>
/// <param name="Json">The body.</param>
internal sealed record SlackRequest(string Channel, string Json)
{
    private const int MaxTitleRunes = 1024;

    private static readonly string[] DefaultMarkdown = ["fallback", "pretext", "text"];

    /// <summary>Puts a message together.</summary>
    /// <param name="config">What it says.</param>
    /// <param name="expand">Expands a template.</param>
    public static SlackRequest Build(SlackConfig config, Func<string, string> expand)
    {
        string channel = expand(config.Channel);
        var json = new GoJsonWriter(int.MaxValue);
        json.Raw("{");
        json.Field("channel", channel, omitEmpty: true);
        json.Field("username", expand(config.Username), omitEmpty: true);
        json.Field("icon_emoji", expand(config.IconEmoji), omitEmpty: true);
        json.Field("icon_url", expand(config.IconUrl), omitEmpty: true);
        if (config.LinkNames)
        {
            json.Field("link_names").Raw("true");
        }

        json.Field("text", expand(config.MessageText), omitEmpty: true);
        json.Field("attachments").Raw("[");
        WriteAttachment(json, config, expand);
        json.Raw("]}\n");
        return new SlackRequest(channel, json.ToString());
    }

    private static void WriteAttachment(GoJsonWriter json, SlackConfig config, Func<string, string> expand)
    {
        json.Raw("{");
        json.Field("title", TruncateRunes(expand(config.Title), MaxTitleRunes), omitEmpty: true);
        json.Field("title_link", expand(config.TitleLink), omitEmpty: true);
        json.Field("pretext", expand(config.Pretext), omitEmpty: true);
        json.Field("text", expand(config.Text));
        json.Field("fallback", expand(config.Fallback));
        json.Field("callback_id", expand(config.CallbackId));
        WriteList(json, "fields", config.Fields, field => WriteField(json, field, config.ShortFields, expand));
        WriteList(json, "actions", config.Actions, action => WriteAction(json, action, expand));
        json.Field("image_url", expand(config.ImageUrl), omitEmpty: true);
        json.Field("thumb_url", expand(config.ThumbUrl), omitEmpty: true);
        json.Field("footer", expand(config.Footer));
        json.Field("color", expand(config.Color), omitEmpty: true);
        json.Field("mrkdwn_in").List(config.MrkdwnIn.Count > 0 ? config.MrkdwnIn : DefaultMarkdown);
        json.Raw("}");
    }

    private static void WriteList<T>(GoJsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.Field(name).Raw("[");
        for (int i = 0; i < items.Count; i++)
        {
            json.Raw(i == 0 ? "{" : ",{");
            write(items[i]);
            json.Raw("}");
        }

        json.Raw("]");
    }

    private static void WriteField(GoJsonWriter json, SlackField field, bool isShort, Func<string, string> expand)
    {
        json.Field("title", expand(field.Title), omitEmpty: true);
        json.Field("value", expand(field.Value), omitEmpty: true);
        json.Field("short").Raw(field.IsShort ?? isShort ? "true" : "false");
    }

    private static void WriteAction(GoJsonWriter json, SlackAction action, Func<string, string> expand)
    {
        json.Field("type", expand(action.Type), omitEmpty: true);
        json.Field("text", expand(action.Text), omitEmpty: true);
        json.Field("url", expand(action.Url), omitEmpty: true);
        json.Field("style", expand(action.Style), omitEmpty: true);
        json.Field("name", expand(action.Name), omitEmpty: true);
        json.Field("value", expand(action.Value), omitEmpty: true);
        if (action.Confirm is { } confirm)
        {
            json.Field("confirm").Raw("{");
            json.Field("text", expand(confirm.Text), omitEmpty: true);
            json.Field("title", expand(confirm.Title), omitEmpty: true);
            json.Field("ok_text", expand(confirm.OkText), omitEmpty: true);
            json.Field("dismiss_text", expand(confirm.DismissText), omitEmpty: true);
            json.Raw("}");
        }
    }

    private static string TruncateRunes(string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }

        Rune[] runes = [.. text.EnumerateRunes()];
        return runes.Length <= max ? text : string.Concat(runes.Take(max - 1)) + "…";
    }
}
