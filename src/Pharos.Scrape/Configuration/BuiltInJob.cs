using Pharos.Core.Labels;
using Pharos.Core.Time;
using Pharos.Discovery;
using Pharos.Discovery.Static;

namespace Pharos.Scrape.Configuration;

/// <summary>Jobs that the server has without any configuration. Their bodies come from <see cref="ScrapeManagerOptions.Sources"/>, by the job's name.</summary>
public static class BuiltInJob
{
    /// <summary>The job of the host collector.</summary>
    public const string HostJob = "node";

    /// <summary>A job with one target.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="instance">The label <c>instance</c>, as <c>localhost:9100</c>.</param>
    /// <param name="interval">How often it is scraped; its timeout is the same, at most 10 s.</param>
    public static ScrapeConfig Create(string name, string instance, TimeSpan interval)
    {
        var group = new TargetGroup("built-in", [Labels.Of(TargetGroup.AddressLabel, instance)], Labels.Empty);
        string fingerprint = $"built-in {name} {instance} {PrometheusDuration.Format(interval)}";
        return new ScrapeConfig
        {
            JobName = name,
            ScrapeInterval = interval,
            ScrapeTimeout = interval < TimeSpan.FromSeconds(10) ? interval : TimeSpan.FromSeconds(10),
            Discovery = [new StaticDiscoveryConfig { Groups = [group], Fingerprint = fingerprint }],
            Fingerprint = fingerprint,
        };
    }
}
