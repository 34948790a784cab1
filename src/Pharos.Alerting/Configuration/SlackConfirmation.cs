namespace Pharos.Alerting.Configuration;

/// <summary>What Slack asks before it does an action; all are templates.</summary>
public sealed record SlackConfirmation(string Text, string Title, string OkText, string DismissText);
