namespace Pharos.PromQL;

/// <summary>What an engine evaluated since it was made. Readable from any thread while queries run.</summary>
public sealed class EngineCounters
{
    private long _running;
    private long _answered;
    private long _failed;
    private long _samplesRead;

    /// <summary>Queries that are being evaluated or wait for a place.</summary>
    public long Running => Interlocked.Read(ref _running);

    /// <summary>Queries that were answered.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Queries that were asked and not answered.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Samples decoded for the queries that were answered.</summary>
    public long SamplesRead => Interlocked.Read(ref _samplesRead);

    /// <summary>What the answered queries waited for their place.</summary>
    public DurationCounts QueueTime { get; } = new();

    /// <summary>What the answered queries took to be planned and the store to be opened.</summary>
    public DurationCounts PreparationTime { get; } = new();

    /// <summary>What the answered queries took to be computed.</summary>
    public DurationCounts InnerTime { get; } = new();

    /// <summary>What it took to sort the series of the answered queries.</summary>
    public DurationCounts SortTime { get; } = new();

    internal void Begin() => Interlocked.Increment(ref _running);

    /// <param name="statistics">Null when the query was not answered.</param>
    internal void End(QueryStatistics? statistics)
    {
        Interlocked.Decrement(ref _running);
        if (statistics is null)
        {
            Interlocked.Increment(ref _failed);
            return;
        }

        Interlocked.Increment(ref _answered);
        Interlocked.Add(ref _samplesRead, statistics.SamplesRead);
        QueueTime.Add(statistics.QueueTime);
        PreparationTime.Add(statistics.PreparationTime);
        InnerTime.Add(statistics.InnerTime);
        SortTime.Add(statistics.SortTime);
    }
}
