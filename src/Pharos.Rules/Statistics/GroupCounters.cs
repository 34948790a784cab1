namespace Pharos.Rules.Statistics;

/// <summary>What a group counts. Written by its loop, read from any thread; handed on to the group that takes its place.</summary>
internal sealed class GroupCounters
{
    private long _evaluations;
    private long _failures;
    private long _iterations;
    private long _missed;

    public long Evaluations => Volatile.Read(ref _evaluations);

    public long Failures => Volatile.Read(ref _failures);

    public long Iterations => Volatile.Read(ref _iterations);

    public long Missed => Volatile.Read(ref _missed);

    public void AddEvaluation() => Interlocked.Increment(ref _evaluations);

    public void AddFailure() => Interlocked.Increment(ref _failures);

    public void AddIteration() => Interlocked.Increment(ref _iterations);

    public void AddMissed(long count)
    {
        Interlocked.Add(ref _missed, count);
        Interlocked.Add(ref _iterations, count);
    }
}
