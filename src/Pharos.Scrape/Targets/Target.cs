using System.Text;
using Pharos.Core.Labels;
using Pharos.Core.Time;
using Pharos.Scrape.Caching;
using Pharos.Scrape.Configuration;

namespace Pharos.Scrape.Targets;

/// <summary>One endpoint that is scraped. Its identity does not change; how it does is written by its loop and read by any thread.</summary>
internal sealed class Target
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private State _state = new("", DateTimeOffset.MinValue, TimeSpan.Zero, TargetHealth.Unknown);

    public Target(ScrapeConfig config, Labels labels, Labels discovered)
    {
        Job = config.JobName;
        AllLabels = labels;
        Labels = TargetLabels.Public(labels);
        DiscoveredLabels = discovered;
        Url = TargetUrl.Build(labels, config.Params);
        Interval = PrometheusDuration.Parse(labels[TargetLabels.IntervalLabel]);
        Timeout = PrometheusDuration.Parse(labels[TargetLabels.TimeoutLabel]);
    }

    public string Job { get; }

    /// <summary>Those that begin with two underscores included.</summary>
    public Labels AllLabels { get; }

    /// <summary>What its series bear.</summary>
    public Labels Labels { get; }

    /// <summary>Before relabelling; replaced when discovery says the same target otherwise.</summary>
    public Labels DiscoveredLabels { get; set; }

    public string Url { get; }

    public TimeSpan Interval { get; }

    public TimeSpan Timeout { get; }

    public MetadataStore Metadata { get; } = new();

    public TargetHealth Health => Volatile.Read(ref _state).Health;

    /// <summary>Whether the two are the same target: the same labels, the same URL.</summary>
    public bool IsSame(Target other) => Url == other.Url && AllLabels.Equals(other.AllLabels);

    /// <summary>
    /// How long to wait from <paramref name="now"/> for the target's next moment. The moments lie an interval apart, at a place within it that follows
    /// from the target and the seed alone: scrapes are spread, and a restart goes on in the same rhythm.
    /// </summary>
    public TimeSpan OffsetFrom(DateTimeOffset now, ulong seed)
    {
        long interval = Interval.Ticks;
        long place = (long)((Hash() ^ seed) % (ulong)interval);
        long since = (now.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) % interval;
        long wait = place - since;
        return new TimeSpan(wait < 0 ? wait + interval : wait);
    }

    /// <summary>Says how a scrape went. <paramref name="error"/> is empty when it went well.</summary>
    public void Report(DateTimeOffset start, TimeSpan duration, string error) =>
        Volatile.Write(ref _state, new State(error, start, duration, error.Length == 0 ? TargetHealth.Up : TargetHealth.Down));

    public TargetView View()
    {
        State state = Volatile.Read(ref _state);
        return new TargetView(
            Job,
            Labels,
            DiscoveredLabels,
            Url,
            state.Error,
            state.Start,
            state.Duration,
            state.Health,
            AllLabels[TargetLabels.IntervalLabel],
            AllLabels[TargetLabels.TimeoutLabel])
        {
            MetadataSource = Metadata.List,
        };
    }

    public override string ToString() => Url;

    private ulong Hash()
    {
        ulong hash = FnvOffset;
        foreach (byte b in Encoding.UTF8.GetBytes(AllLabels + Url))
        {
            hash = (hash ^ b) * FnvPrime;
        }

        return hash;
    }

    private sealed record State(string Error, DateTimeOffset Start, TimeSpan Duration, TargetHealth Health);
}
