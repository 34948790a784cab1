namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>One kind of integration as the configuration has it.</summary>
/// <param name="Kind"><c>slack</c>.</param>
/// <param name="GoType">Upstream's name of the section's type, for its messages.</param>
/// <param name="NullMessage">Upstream's message about a section with nothing in it; null where it is read as an empty one.</param>
/// <param name="Read">Reads a section.</param>
internal sealed record IntegrationKind(string Kind, string GoType, string? NullMessage, Func<IntegrationSection, IntegrationConfig> Read)
{
    // In which upstream notifies the integrations of a receiver.
    private static readonly string[] Order =
    [
        "webhook", "email", "pagerduty", "opsgenie", "wechat", "slack", "victorops", "pushover", "sns", "telegram", "discord", "webex", "msteams", "msteamsv2",
        "jira", "incidentio", "rocketchat", "mattermost",
    ];

    /// <summary>Every kind, in the order in which upstream prints them.</summary>
    public static IReadOnlyList<IntegrationKind> All { get; } =
    [
        Unavailable("discord", "discord.plain", DiscordFields.Read),
        Unavailable("email", "config.plain", EmailFields.Read),
        Unavailable("incidentio", "incidentio.plain", IncidentioFields.Read),
        Unavailable("pagerduty", "pagerduty.plain", PagerdutyFields.Read),
        new("slack", "config.plain", null, SlackFields.Read),
        new("webhook", "webhook.plain", "missing webhook config", WebhookFields.Read),
        Unavailable("opsgenie", "opsgenie.plain", OpsGenieFields.Read, isNullEmpty: true),
        Unavailable("wechat", "config.plain", WechatFields.Read, isNullEmpty: true),
        Unavailable("pushover", "pushover.plain", PushoverFields.Read),
        Unavailable("victorops", "config.plain", VictorOpsFields.Read),
        Unavailable("sns", "sns.plain", SnsFields.Read),
        Unavailable("telegram", "telegram.plain", TelegramFields.Read),
        Unavailable("webex", "config.plain", WebexFields.Read),
        Unavailable("msteams", "msteams.plain", TeamsFields.Read),
        Unavailable("msteamsv2", "msteamsv2.plain", TeamsFields.ReadV2),
        Unavailable("jira", "jira.plain", JiraFields.Read),
        Unavailable("rocketchat", "rocketchat.plain", RocketchatFields.Read, isNullEmpty: true),
        Unavailable("mattermost", "mattermost.plain", MattermostFields.Read),
    ];

    /// <summary>The field of a receiver.</summary>
    public string Field => Kind + "_configs";

    /// <summary>The place of a kind among those of a receiver.</summary>
    public static int NotifyOrder(string kind) => Array.IndexOf(Order, kind);

    // What is read is checked and printed, and otherwise let go.
    private static IntegrationKind Unavailable(string kind, string goType, Action<IntegrationSection> read, bool isNullEmpty = false) => new(
        kind,
        goType,
        isNullEmpty ? null : $"missing {kind} config",
        section =>
        {
            read(section);
            return new UnavailableConfig { Kind = kind, Index = section.Index, SendResolved = section.SendsResolved, Http = section.Http, Position = section.Map.Position };
        });
}
