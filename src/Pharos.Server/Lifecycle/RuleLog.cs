using Pharos.Rules;

namespace Pharos.Server.Lifecycle;

/// <summary>Puts what rules have to say into the log.</summary>
internal sealed partial class RuleLog : IRuleLog
{
    private readonly ILogger<RuleManager> _logger;

    public RuleLog(ILogger<RuleManager> logger)
    {
        _logger = logger;
    }

    public void RuleFailed(string file, string group, string rule, string error) => Log.RuleFailed(_logger, file, group, rule, error);

    public void SamplesRefused(string file, string group, string rule, string problem, int count) => Log.SamplesRefused(_logger, problem, file, group, rule, count);

    public void TemplateFailed(string file, string group, string rule, string error, int count) => Log.TemplateFailed(_logger, file, group, rule, error, count);

    public void GroupFailed(string file, string group, string problem, string error) => Log.GroupFailed(_logger, problem, file, group, error);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Evaluating rule failed")]
        public static partial void RuleFailed(ILogger logger, string file, string group, string rule, string err);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{problem}")]
        public static partial void SamplesRefused(ILogger logger, string problem, string file, string group, string rule, int numDropped);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Expanding alert template failed")]
        public static partial void TemplateFailed(ILogger logger, string file, string group, string alert, string err, int count);

        [LoggerMessage(Level = LogLevel.Error, Message = "{problem}")]
        public static partial void GroupFailed(ILogger logger, string problem, string file, string group, string err);
    }
}
