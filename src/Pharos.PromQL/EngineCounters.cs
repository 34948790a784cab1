namespace Pharos.PromQL;

/// <summary>What an engine evaluated since it was made. Readable from any thread while queries run.</summary>
public sealed class EngineCounters
{
    private long _running;
    private long _answered;
    private long _failed;
    private long _samplesRead;
    private long _queueTicks;
    private long _evaluationTicks;

    /// <summary>Queries that are being evaluated or wait for a place.</summary>
    public long Running => Interlocked.Read(ref _running);

    /// <summary>Queries that were answered.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Queries that were asked and not answered.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Samples decoded for the queries that were answered.</summary>
    public long SamplesRead => Interlocked.Read(ref _samplesRead);

    /// <summary>What the answered queries waited for their place, in all.</summary>
    public TimeSpan QueueTime => new(Interlocked.Read(ref _queueTicks));

    /// <summary>What the answered queries took from then on, in all.</summary>
    public TimeSpan EvaluationTime => new(Interlocked.Read(ref _evaluationTicks));

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
        Interlocked.Add(ref _queueTicks, statistics.QueueTime.Ticks);
        Interlocked.Add(ref _evaluationTicks, statistics.EvaluationTime.Ticks);
    }
}
