using Pharos.Core.Contracts;
using Pharos.Rules.Views;
using Pharos.Scrape.Targets;
using Pharos.Server.Access;
using Pharos.Server.Api.Ui.Alerts;
using Pharos.Server.Lifecycle;
using Pharos.Storage;

namespace Pharos.Server.Api.Ui;

/// <summary>What the pages of home and system are answered from.</summary>
internal sealed record UiServices
{
    public required TimeProvider Clock { get; init; }

    public required IJournal Journal { get; init; }

    public required PrometheusApiServices Queries { get; init; }

    /// <summary>The jobs and their targets, now.</summary>
    public required Func<IReadOnlyList<ScrapePoolView>> Pools { get; init; }

    /// <summary>The rules and their alerts, now.</summary>
    public required Func<IReadOnlyList<RuleGroupView>> Rules { get; init; }

    /// <summary>All alerts, now.</summary>
    public required Func<IReadOnlyList<UiAlert>> Alerts { get; init; }

    /// <summary>What receivers were told.</summary>
    public required IMessageLog Messages { get; init; }

    public required ReloadStatus Reload { get; init; }

    public required LoadedFiles Files { get; init; }

    /// <summary>Null while it is not open.</summary>
    public required Func<Tsdb?> Store { get; init; }

    public required PharosAccess Access { get; init; }

    public required string DataFolder { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
}
