namespace Pharos.Remote.Sending;

/// <summary>How far one shard is.</summary>
/// <param name="Done">Everything of the shard before is with the receiver.</param>
/// <param name="InFlight">Where the request ends that was on its way; null when none was. The receiver may have it or not.</param>
internal readonly record struct ShardPosition(LogMark Done, LogMark? InFlight);
