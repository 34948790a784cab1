using Pharos.Remote.Configuration;

namespace Pharos.Remote.Sending;

/// <summary>The figures of one queue. Readable from any thread while it works.</summary>
public sealed class RemoteWriteQueueCounters
{
    private static readonly double[] Bounds = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 25, 60, 120, 300];

    private readonly long[] _counts = new long[Enum.GetValues<RemoteWriteCount>().Length];
    private readonly long[] _durations = new long[Bounds.Length + 1];
    private double _durationSum;
    private double _shardsDesired;

    internal RemoteWriteQueueCounters(string name, string url, RemoteQueueConfig config)
    {
        Name = name;
        Url = url;
        Config = config;
        _shardsDesired = config.MinShards;
    }

    /// <summary>The name of the queue.</summary>
    public string Name { get; }

    /// <summary>The receiver, without its password.</summary>
    public string Url { get; }

    /// <summary>How samples queue up.</summary>
    public RemoteQueueConfig Config { get; }

    /// <summary>What the last calculation of shards gave.</summary>
    public double ShardsDesired => Volatile.Read(ref _shardsDesired);

    /// <summary>Upper bounds of <see cref="DurationCounts"/>, in seconds; the last bucket has none.</summary>
    public ReadOnlySpan<double> DurationBounds => Bounds;

    /// <summary>Attempts by how long they took, each bucket alone.</summary>
    public ReadOnlySpan<long> DurationCounts => _durations;

    /// <summary>Seconds of all attempts.</summary>
    public double DurationSum => Volatile.Read(ref _durationSum);

    /// <summary>One of the figures.</summary>
    public long this[RemoteWriteCount count] => Interlocked.Read(ref _counts[(int)count]);

    internal void Add(RemoteWriteCount count, long n) => Interlocked.Add(ref _counts[(int)count], n);

    internal void Set(RemoteWriteCount count, long value) => Interlocked.Exchange(ref _counts[(int)count], value);

    internal void Raise(RemoteWriteCount count, long value)
    {
        ref long current = ref _counts[(int)count];
        for (long seen = Interlocked.Read(ref current); seen < value; seen = Interlocked.Read(ref current))
        {
            Interlocked.CompareExchange(ref current, value, seen);
        }
    }

    internal void SetShardsDesired(double shards) => Volatile.Write(ref _shardsDesired, shards);

    internal void ObserveDuration(TimeSpan duration)
    {
        double seconds = duration.TotalSeconds;
        int bucket = 0;
        while (bucket < Bounds.Length && seconds > Bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _durations[bucket]);
        double seen;
        double current = Volatile.Read(ref _durationSum);
        do
        {
            seen = current;
            current = Interlocked.CompareExchange(ref _durationSum, seen + seconds, seen);
        }
        while (!current.Equals(seen));
    }
}
