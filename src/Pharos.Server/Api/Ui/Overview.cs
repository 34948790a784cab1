using Pharos.Core.Contracts;

namespace Pharos.Server.Api.Ui;

/// <summary>All that home shows, at one moment. Immutable.</summary>
internal sealed record Overview
{
    public required string Sentence { get; init; }

    public required IReadOnlyList<Change> Shortly { get; init; }

    public required IReadOnlyList<WrongAlert> Wrong { get; init; }

    /// <summary>How many there are, of which <see cref="Wrong"/> are shown.</summary>
    public required int WrongTotal { get; init; }

    public required int Silenced { get; init; }

    public required IReadOnlyList<BrokenThing> Broken { get; init; }

    public required IReadOnlyList<ServiceRow> Services { get; init; }

    public required SelfReport Self { get; init; }

    public static async Task<Overview> GatherAsync(UiServices services, UiRange range, CancellationToken cancellationToken)
    {
        var queries = new UiQueries(services.Queries);
        (IReadOnlyList<WrongAlert> wrong, int firing, int pending, int silenced) = await new WrongAlerts(services, queries).GatherAsync(range, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<BrokenThing> broken = new BrokenThings(services).Gather();
        long now = services.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        long? lastEnd = services.Journal.Read(0, now, int.MaxValue).FirstOrDefault(static entry => entry.Kind == JournalKind.AlertResolved)?.Time;
        return new Overview
        {
            Sentence = OverviewSentence.Of(firing, pending, broken.Count, lastEnd, now),
            Shortly = OverviewSentence.ShortlyBefore(services.Journal, wrong.Count > 0 ? wrong.Min(static item => item.Alert.Since) : null),
            Wrong = wrong,
            WrongTotal = firing + pending,
            Silenced = silenced,
            Broken = broken,
            Services = await new ServiceRows(services, queries).GatherAsync(range, cancellationToken).ConfigureAwait(false),
            Self = await SelfReport.GatherAsync(services, queries, range, cancellationToken).ConfigureAwait(false),
        };
    }
}
