using Pharos.Remote.Configuration;

namespace Pharos.Remote.Sending;

/// <summary>What the parts of a queue share. Usable from any thread.</summary>
internal sealed class QueueContext(RemoteWriteConfig config, WriteClient client, RemoteWriteQueueCounters counters, IRemoteWriteLog log, TimeProvider clock)
{
    private long _reshardingDisabledUntil;
    private long _lastSent;

    public RemoteWriteConfig Config => config;

    public RemoteQueueConfig Queue => config.Queue;

    public WriteClient Client => client;

    public RemoteWriteQueueCounters Counters => counters;

    public ShardCalculator Calculator { get; } = new(config.Queue);

    public IRemoteWriteLog Log => log;

    public TimeProvider Clock => clock;

    public bool IsVersion2 => config.ProtobufMessage == RemoteWriteConfig.Version2Message;

    public string Name => counters.Name;

    public string Url => counters.Url;

    /// <summary>Milliseconds since the epoch.</summary>
    public long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Until when the number of shards stays, milliseconds since the epoch: more of them would not help a receiver that refuses.</summary>
    public long ReshardingDisabledUntil => Interlocked.Read(ref _reshardingDisabledUntil);

    /// <summary>When a request was last done with, milliseconds since the epoch.</summary>
    public long LastSent => Interlocked.Read(ref _lastSent);

    public void DisableResharding(TimeSpan wait)
    {
        long until = Now + (2 * (long)wait.TotalMilliseconds);
        for (long seen = ReshardingDisabledUntil; seen < until; seen = ReshardingDisabledUntil)
        {
            Interlocked.CompareExchange(ref _reshardingDisabledUntil, until, seen);
        }
    }

    public void NoteSent() => Interlocked.Exchange(ref _lastSent, Now);
}
