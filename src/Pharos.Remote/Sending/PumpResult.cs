namespace Pharos.Remote.Sending;

/// <summary>What became of a step of <see cref="LogPump"/>.</summary>
internal enum PumpResult
{
    /// <summary>A record was taken.</summary>
    Fed,

    /// <summary>There is none.</summary>
    AtEnd,

    /// <summary>A shard is full.</summary>
    Blocked,
}
