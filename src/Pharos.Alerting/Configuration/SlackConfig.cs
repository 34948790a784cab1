using Pharos.Config;

namespace Pharos.Alerting.Configuration;

/// <summary>Messages to Slack, by an incoming webhook or as a bot. Texts are templates unless said otherwise.</summary>
public sealed record SlackConfig : IntegrationConfig
{
    /// <summary>The webhook, or the API's address for a bot; empty: <see cref="ApiUrlFile"/>. Not a template.</summary>
    public Secret ApiUrl { get; init; }

    /// <summary>A file with the webhook, read at each message; absolute.</summary>
    public string ApiUrlFile { get; init; } = "";

    public string Channel { get; init; } = "";

    public string Username { get; init; } = "";

    public string Color { get; init; } = "";

    public string Title { get; init; } = "";

    public string TitleLink { get; init; } = "";

    public string Pretext { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>The message above the attachment.</summary>
    public string MessageText { get; init; } = "";

    public IReadOnlyList<SlackField> Fields { get; init; } = [];

    /// <summary>What fields are that do not say it.</summary>
    public bool ShortFields { get; init; }

    public string Footer { get; init; } = "";

    public string Fallback { get; init; } = "";

    public string CallbackId { get; init; } = "";

    public string IconEmoji { get; init; } = "";

    public string IconUrl { get; init; } = "";

    public string ImageUrl { get; init; } = "";

    public string ThumbUrl { get; init; } = "";

    public bool LinkNames { get; init; }

    /// <summary>Which parts have markup; none: <c>fallback</c>, <c>pretext</c> and <c>text</c>. No templates.</summary>
    public IReadOnlyList<string> MrkdwnIn { get; init; } = [];

    public IReadOnlyList<SlackAction> Actions { get; init; } = [];

    /// <summary>Asked to edit the earlier message of the group instead of sending another.</summary>
    public bool UpdateMessage { get; init; }

    /// <summary>Of one attempt; zero: the caller's alone.</summary>
    public TimeSpan Timeout { get; init; }
}
