using Pharos.Server.Journal;

namespace Pharos.Server.Api.Ui;

/// <summary>The requests of home, of explanations and of system, and the events.</summary>
internal static class UiEndpoints
{
    /// <param name="reading">The group of what readers may call.</param>
    /// <param name="services">What is answered from.</param>
    /// <param name="journal">Says whether there is something new.</param>
    /// <param name="stopping">The server ends.</param>
    public static void Map(IEndpointRouteBuilder reading, UiServices services, FileJournal journal, CancellationToken stopping)
    {
        new OverviewEndpoint(services).Map(reading);
        new ChangeEndpoint(services).Map(reading);
        new AnnotationEndpoint(services).Map(reading);
        new ExplainEndpoint(services.Queries).Map(reading);
        new StatusEndpoint(services).Map(reading);
        new ConfigurationEndpoint(services).Map(reading);
        new EventEndpoint(services, new LiveState(services, journal), stopping).Map(reading);
    }
}
