namespace Pharos.Alerting.Configuration;

/// <summary>A button of a Slack message; texts are templates. With a URL it is a link and has no name, value and confirmation.</summary>
public sealed record SlackAction
{
    public string Type { get; init; } = "";

    public string Text { get; init; } = "";

    public string Url { get; init; } = "";

    public string Style { get; init; } = "";

    public string Name { get; init; } = "";

    public string Value { get; init; } = "";

    public SlackConfirmation? Confirm { get; init; }
}
