using Pharos.Core.Contracts;
using Pharos.PromQL;
using Pharos.PromQL.Syntax;
using Pharos.Server.Api;
using Pharos.Server.Configuration;
using Pharos.Server.Logging;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>The query engine, with the evaluation interval of the configuration as the step of subqueries that name none.</summary>
internal sealed class QueryPart : IConfigured, IDisposable
{
    private readonly PromQLEngine _base;
    private readonly TimeProvider _clock;
    private volatile PromQLEngine _engine;
    private volatile QueryLog? _log;
    private long _logFailures;

    /// <param name="options">Limits and features.</param>
    /// <param name="source">Where series come from.</param>
    /// <param name="clock">Times queries and says what "now" is.</param>
    public QueryPart(ServerOptions options, ISeriesSource source, TimeProvider clock)
    {
        _base = EngineSetup.Create(options, clock);
        _engine = _base;
        _clock = clock;
        Services = new PrometheusApiServices(() => _engine, source, clock)
        {
            HasPerStepStatistics = options.Features.Contains(FeatureNames.PerStepStatistics),
        };
    }

    public string Name => "queries";

    /// <summary>What the read API answers from.</summary>
    public PrometheusApiServices Services { get; }

    /// <summary>The language that queries and rules may use.</summary>
    public ParserOptions Language => _base.Options.Parser;

    /// <summary>What was evaluated, over all reloads.</summary>
    public EngineCounters Counters => _base.Counters;

    /// <summary>Whether queries are logged now.</summary>
    public bool IsLogging => _log is not null;

    /// <summary>Queries that could not be logged.</summary>
    public long LogFailures => Interlocked.Read(ref _logFailures);

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        // Opened anew each time, so that a rotated file is left behind.
        QueryLog? before = _log;
        QueryLog? log = config.Global.QueryLogFile.Length == 0
            ? null
            : new QueryLog(config.Global.QueryLogFile, _clock, Services.HasPerStepStatistics, () => Interlocked.Increment(ref _logFailures));
        _engine = _base.With(_base.Options with { DefaultSubqueryStep = config.Global.EvaluationInterval, Log = log is null ? null : log.Write, CountsSamples = log is not null });
        _log = log;
        before?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _base.Dispose();
        _log?.Dispose();
    }
}
