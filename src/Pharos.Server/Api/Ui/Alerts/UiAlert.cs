using Pharos.Core.Labels;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>An alert as the pages show it: what the rules and what the Alertmanager know of it. Times are milliseconds since the Unix epoch; zero where not known.</summary>
internal sealed record UiAlert
{
    public required ulong Fingerprint { get; init; }

    /// <summary>As they leave: external labels and relabelling included.</summary>
    public required Labels Labels { get; init; }

    public required Labels Annotations { get; init; }

    public required UiAlertState State { get; init; }

    /// <summary>Of the rule's expression; null of an alert of another sender.</summary>
    public double? Value { get; init; }

    /// <summary>Since when the condition holds.</summary>
    public required long Since { get; init; }

    public long FiringSince { get; init; }

    /// <summary>When a pending one fires, if the condition holds on.</summary>
    public long FiresAt { get; init; }

    public long ResolvedAt { get; init; }

    /// <summary>Ids of silences.</summary>
    public IReadOnlyList<string> SilencedBy { get; init; } = [];

    public IReadOnlyList<ulong> InhibitedBy { get; init; } = [];

    /// <summary>Null of an alert of another sender.</summary>
    public RuleOrigin? Origin { get; init; }

    /// <summary>Names, in the order of the routes.</summary>
    public IReadOnlyList<string> Receivers { get; init; } = [];

    public string Name => Labels["alertname"];

    /// <summary>The summary, else the description, else the name with the labels that tell it apart.</summary>
    public string Sentence
    {
        get
        {
            if (Annotations["summary"] is { Length: > 0 } summary)
            {
                return summary;
            }

            if (Annotations["description"] is { Length: > 0 } description)
            {
                return description;
            }

            string apart = string.Join(", ", Labels.Where(static label => label.Name is not ("alertname" or "severity")).Select(static label => $"{label.Name}={label.Value}"));
            return apart.Length > 0 ? $"{Name} ({apart})" : Name;
        }
    }
}
