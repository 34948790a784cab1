using Pharos.Config;
using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary>Shows the configuration that runs. Stands last among the parts, since until then the former one runs.</summary>
internal sealed partial class ConfiguredSummary : IConfigured
{
    private readonly ActiveConfig _active;
    private readonly TimeSpan? _retentionFlag;
    private readonly ILogger<ConfiguredSummary> _logger;

    /// <param name="active">Where it is shown.</param>
    /// <param name="retentionFlag">What <c>--storage.tsdb.retention.time</c> says, for a file that says nothing.</param>
    /// <param name="logger">Takes what of the configuration does not work yet.</param>
    public ConfiguredSummary(ActiveConfig active, TimeSpan? retentionFlag, ILogger<ConfiguredSummary> logger)
    {
        _logger = logger;
        _active = active;
        _retentionFlag = retentionFlag;
    }

    public string Name => "api";

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        int ruleFiles = config.RuleFiles.Sum(static pattern => PathGlob.Expand(pattern).Count);
        if (ruleFiles > 0)
        {
            Log.RulesNotEvaluated(_logger, ruleFiles);
        }

        _active.Set(new ConfigSummary(config.CanonicalText, Retention.Of(config, _retentionFlag), HasRules: ruleFiles > 0, HasAlertmanagers: !config.Alerting.IsEmpty));
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Rules are not evaluated yet")]
        public static partial void RulesNotEvaluated(ILogger logger, int files);
    }
}
