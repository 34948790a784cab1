using System.Globalization;
using Pharos.Config.Yaml;
using Pharos.Core.Time;
using Pharos.Server.Configuration;
using Pharos.Server.Options;
using Pharos.Storage;

namespace Pharos.Server.Lifecycle;

/// <summary>How much history is kept, by upstream's rules: the file says, else the flags; where neither flag is given, 15 days.</summary>
internal static class Retention
{
    private static readonly TimeSpan Default = TimeSpan.FromDays(15);

    public static RetentionLimits Of(PrometheusConfig config, StorageOptions options)
    {
        StorageConfig file = config.Storage;
        TimeSpan byFlag = options.Retention ?? (options.RetentionBytes > 0 ? TimeSpan.Zero : Default);
        return new RetentionLimits(
            file.RetentionTime > TimeSpan.Zero ? file.RetentionTime : byFlag,
            file.RetentionSize > 0 ? file.RetentionSize : options.RetentionBytes,
            file.RetentionPercentage);
    }

    /// <summary>The limits as upstream's status shows them: <c>15d or 10GiB</c>.</summary>
    public static string Text(RetentionLimits limits)
    {
        var parts = new List<string>();
        if (limits.Time > TimeSpan.Zero)
        {
            parts.Add(PrometheusDuration.Format(limits.Time));
        }

        if (limits.Bytes > 0)
        {
            parts.Add(Base2Bytes.Format(limits.Bytes));
        }

        if (limits.Percentage > 0)
        {
            parts.Add(limits.Percentage.ToString(CultureInfo.InvariantCulture) + "%");
        }

        return string.Join(" or ", parts);
    }
}
