using System.Collections.Concurrent;
using Pharos.Alerting.Receivers;

namespace Pharos.Alerting;

/// <summary>What happened since the start, over all reloads; upstream's metrics are made of it. Thread-safe.</summary>
public sealed class AlertmanagerCounters
{
    private readonly ConcurrentDictionary<string, IntegrationCounters> _integrations = new(StringComparer.Ordinal);
    private long _firing;
    private long _resolved;
    private long _invalid;
    private long _suppressedBySilence;
    private long _suppressedByInhibition;
    private long _suppressedByTime;
    private long _groupLimitReached;

    public long FiringReceived => Interlocked.Read(ref _firing);

    public long ResolvedReceived => Interlocked.Read(ref _resolved);

    public long Invalid => Interlocked.Read(ref _invalid);

    public long SuppressedBySilence => Interlocked.Read(ref _suppressedBySilence);

    public long SuppressedByInhibition => Interlocked.Read(ref _suppressedByInhibition);

    public long SuppressedByTime => Interlocked.Read(ref _suppressedByTime);

    /// <summary>Alerts that found no group since there are too many.</summary>
    public long GroupLimitReached => Interlocked.Read(ref _groupLimitReached);

    /// <summary>By kind of integration, those that were ever configured.</summary>
    public IEnumerable<KeyValuePair<string, IntegrationCounters>> Integrations => _integrations.OrderBy(static pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Those of a kind; made at the first call.</summary>
    internal IntegrationCounters Of(string kind) => _integrations.GetOrAdd(kind, static _ => new IntegrationCounters());

    internal IntegrationCounters Of(IIntegration integration) => Of(integration.Kind);

    internal void Received(bool isResolved)
    {
        if (isResolved)
        {
            Interlocked.Increment(ref _resolved);
        }
        else
        {
            Interlocked.Increment(ref _firing);
        }
    }

    internal void AddInvalid(int count) => Interlocked.Add(ref _invalid, count);

    internal void AddSilenced(int count) => Interlocked.Add(ref _suppressedBySilence, count);

    internal void AddInhibited(int count) => Interlocked.Add(ref _suppressedByInhibition, count);

    internal void AddMutedByTime(int count) => Interlocked.Add(ref _suppressedByTime, count);

    internal void AddGroupLimitReached() => Interlocked.Increment(ref _groupLimitReached);
}
