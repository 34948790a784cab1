namespace Pharos.Remote.Sending;

/// <summary>
/// How a queue goes on where it ended: what each shard had sent is not sent again, and what was on its way goes again in a request of the same extent. The receiver either
/// has all of that or nothing: a request that mixed it with something new might be refused for what is there already, and the new be lost with it.
/// </summary>
internal sealed class ResumePlan
{
    private readonly ShardPosition[] _shards;
    private readonly LogMark _last;

    public ResumePlan(ShardPosition[] shards)
    {
        _shards = shards;
        First = shards.Min(static shard => shard.Done);
        _last = shards.Max(static shard => shard.InFlight is { } end && end > shard.Done ? end : shard.Done);
    }

    /// <summary>With how many shards it ended.</summary>
    public int Shards => _shards.Length;

    /// <summary>Where reading begins.</summary>
    public LogMark First { get; }

    /// <summary>Whether the place lies behind all that the plan is about.</summary>
    public bool IsOver(LogMark mark) => mark >= _last;

    /// <summary>Whether what lies at the place was sent.</summary>
    public bool WasSent(ulong series, LogMark mark) => mark < _shards[series % (ulong)_shards.Length].Done;

    /// <summary>Whether the request that was on its way ended before the place.</summary>
    public bool EndsBefore(int shard, LogMark mark) => _shards[shard].InFlight is { } end && mark >= end;

    /// <summary>The request that was on its way is made again.</summary>
    public void Forget(int shard) => _shards[shard] = _shards[shard] with { InFlight = null };
}
