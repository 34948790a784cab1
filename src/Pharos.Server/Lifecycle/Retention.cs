using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary>How long samples are kept: the file says, else the flag, else 15 days, as upstream.</summary>
internal static class Retention
{
    private static readonly TimeSpan Default = TimeSpan.FromDays(15);

    public static TimeSpan Of(PrometheusConfig config, TimeSpan? flag) => config.Storage.RetentionTime > TimeSpan.Zero ? config.Storage.RetentionTime : flag ?? Default;
}
