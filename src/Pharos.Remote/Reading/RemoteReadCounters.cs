using System.Collections.Concurrent;

namespace Pharos.Remote.Reading;

/// <summary>What was asked of one other store. Thread-safe.</summary>
public sealed class RemoteReadCounters
{
    internal const string Sampled = "sampled";
    internal const string Chunked = "chunked";
    internal const string Unsupported = "unsupported";
    internal const int Aborted = -1;

    /// <summary>Upper bounds of the durations' buckets, seconds.</summary>
    public static readonly IReadOnlyList<double> DurationBounds = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 25, 60];

    private readonly ConcurrentDictionary<(string Type, int Status), long> _answers = new();
    private readonly ConcurrentDictionary<string, Durations> _durations = new(StringComparer.Ordinal);
    private int _queries;

    internal RemoteReadCounters(string name, string url)
    {
        Name = name;
        Url = url;
    }

    /// <summary>The entry's name, or the start of its fingerprint.</summary>
    public string Name { get; }

    /// <summary>Where the store is, without a password.</summary>
    public string Url { get; }

    /// <summary>Questions that wait for their answer.</summary>
    public int Queries => Volatile.Read(ref _queries);

    /// <summary>Answers by their kind and HTTP status, the latter <c>aborted_stream</c> where a stream broke off.</summary>
    public IEnumerable<(string Type, string Code, long Count)> Answers =>
        _answers.Select(static a => (a.Key.Type, a.Key.Status == Aborted ? "aborted_stream" : $"{a.Key.Status}", a.Value));

    /// <summary>Times until the head of the answer was there, by its kind: observations of each bucket alone, the last one beyond all bounds, and their sum in seconds.</summary>
    public IEnumerable<(string Type, long[] Buckets, double Sum)> Latencies => _durations.Select(static d => d.Value.Copy(d.Key));

    internal void Begin() => Interlocked.Increment(ref _queries);

    internal void End() => Interlocked.Decrement(ref _queries);

    internal void Count(string type, int status) => _answers.AddOrUpdate((type, status), 1, static (_, count) => count + 1);

    internal void Observe(string type, TimeSpan duration) => _durations.GetOrAdd(type, static _ => new Durations()).Add(duration.TotalSeconds);

    private sealed class Durations
    {
        private readonly Lock _lock = new();
        private readonly long[] _buckets = new long[DurationBounds.Count + 1];
        private double _sum;

        public void Add(double seconds)
        {
            int bucket = 0;
            while (bucket < DurationBounds.Count && seconds > DurationBounds[bucket])
            {
                bucket++;
            }

            lock (_lock)
            {
                _buckets[bucket]++;
                _sum += seconds;
            }
        }

        public (string Type, long[] Buckets, double Sum) Copy(string type)
        {
            lock (_lock)
            {
                return (type, [.. _buckets], _sum);
            }
        }
    }
}
