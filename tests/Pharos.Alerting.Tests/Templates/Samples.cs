using Pharos.Alerting.Receivers;
using Pharos.Alerting.Templates;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Tests.Templates;

/// <summary>The alerts that a real Alertmanager 0.33.1 was given too; what it sent is what the tests expect.</summary>
internal static class Samples
{
    /// <summary>2026-11-20T09:00:00Z.</summary>
    public const long Now = 1795165200000;

    /// <summary>2026-01-01T00:00:00Z.</summary>
    public const long Start = 1767225600000;

    public static NotificationTemplates Templates { get; } = NotificationTemplates.Load([], "http://am.example:9093/");

    public static NotificationGroup Group { get; } = new()
    {
        Receiver = "r",
        Key = "{}:{alertname=\"Down\", cluster=\"c1\"}",
        Labels = Labels.Of("alertname", "Down", "cluster", "c1"),
        Reason = "first notification",
        Now = Now,
    };

    public static Alert First { get; } = new(
        Labels.Of("alertname", "Down", "instance", "a:1", "severity", "critical", "cluster", "c1"),
        Labels.Of("summary", "it is <down> & out", "runbook", "http://r"),
        Start + 123,
        Now + 60_000,
        "http://p/graph?g0.expr=up+%3D%3D+0");

    public static Alert Second { get; } = new(
        Labels.Of("alertname", "Down", "instance", "b:1", "severity", "critical", "cluster", "c1"),
        Labels.Of("summary", "it is too"),
        Start,
        Now - 1000,
        "http://p/2");

    public static string Expand(string text, params IReadOnlyList<Alert> alerts) => Templates.Expand(text, Message.Of(Group, alerts, Templates.ExternalUrl));
}
