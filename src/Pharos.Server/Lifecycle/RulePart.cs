using Pharos.Core.Contracts;
using Pharos.PromQL;
using Pharos.Rules;
using Pharos.Server.Api;
using Pharos.Server.Configuration;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>Rules: follows the rule files of the configuration.</summary>
internal sealed class RulePart : IConfigured, IAsyncDisposable
{
    private readonly Func<Uri> _externalUrl;

    /// <param name="options">How alerts are restored and repeated.</param>
    /// <param name="queries">Evaluates expressions.</param>
    /// <param name="appender">Takes the samples.</param>
    /// <param name="alerts">Takes the alerts.</param>
    /// <param name="journal">Takes what became of alerts.</param>
    /// <param name="externalUrl">Where this server is reached; known once the ports are bound.</param>
    /// <param name="logger">Takes what goes wrong.</param>
    public RulePart(
        RuleOptions options,
        PrometheusApiServices queries,
        ISeriesAppender appender,
        IAlertSink alerts,
        IJournal journal,
        Func<Uri> externalUrl,
        ILogger<RuleManager> logger)
    {
        _externalUrl = externalUrl;
        Manager = new RuleManager(new RuleManagerOptions
        {
            Engine = () => EngineOfRules(queries.CurrentEngine()),
            Source = queries.Source,
            Appender = appender,
            Alerts = alerts,
            Journal = journal,
            Log = new RuleLog(logger),
            Time = queries.Clock,
            OutageTolerance = options.OutageTolerance,
            GracePeriod = options.GracePeriod,
            ResendDelay = options.ResendDelay,
        });
    }

    public string Name => "rules";

    public RuleManager Manager { get; }

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken) => Manager.ApplyAsync(new RuleSet
    {
        Files = config.Rules,
        EvaluationInterval = config.Global.EvaluationInterval,
        QueryOffset = config.Global.RuleQueryOffset,
        ExternalLabels = config.Global.ExternalLabels,
        ExternalUrl = _externalUrl(),
    });

    public ValueTask DisposeAsync() => Manager.DisposeAsync();

    private static PromQLEngine EngineOfRules(PromQLEngine engine) => engine.With(engine.Options with { Origin = QueryOrigin.Rules });
}
