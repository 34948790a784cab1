using Pharos.Alerting.TimeIntervals;

namespace Pharos.Alerting.Configuration;

/// <summary>A whole <c>alertmanager.yml</c>, checked. Immutable.</summary>
public sealed record AlertmanagerFile
{
    private const string NoReceiver = "default";

    /// <summary>What is used without a file: one group by the alert's name, and a receiver that tells nobody.</summary>
    public static AlertmanagerFile BuiltIn { get; } = new()
    {
        Route = new RouteConfig { Receiver = NoReceiver, GroupBy = ["alertname"] },
        Receivers = [new ReceiverConfig { Name = NoReceiver, Labels = new Dictionary<string, string> { ["name"] = NoReceiver } }],
        Text = $"route:\n  receiver: {NoReceiver}\n  group_by:\n  - alertname\n  continue: false\nreceivers:\n- name: {NoReceiver}\ntemplates: []\n",
    };

    /// <summary>The path as it was given; empty for <see cref="BuiltIn"/>.</summary>
    public string Path { get; init; } = "";

    public AlertmanagerGlobalConfig Global { get; init; } = new();

    /// <summary>The root: it has a receiver and no matchers.</summary>
    public RouteConfig Route { get; init; } = new();

    public IReadOnlyList<InhibitRuleConfig> InhibitRules { get; init; } = [];

    /// <summary>Names are unique.</summary>
    public IReadOnlyList<ReceiverConfig> Receivers { get; init; } = [];

    /// <summary>Patterns of template files; absolute.</summary>
    public IReadOnlyList<string> Templates { get; init; } = [];

    /// <summary>Of <c>time_intervals</c> and of <c>mute_time_intervals</c>, by name.</summary>
    public TimeIntervalTable TimeIntervals { get; init; } = TimeIntervalTable.Empty;

    /// <summary>The configuration in effect as YAML, without secrets; what the API's status answers.</summary>
    public string Text { get; init; } = "";
}
