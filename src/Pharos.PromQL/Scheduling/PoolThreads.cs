namespace Pharos.PromQL.Scheduling;

/// <summary>
/// Makes up for threads of the pool that long queries keep: the pool counts only threads that it can use for others. Without it two long queries on two
/// cores would leave no thread to read the next request, and the pool would notice after half a second. Thread-safe.
/// </summary>
internal static class PoolThreads
{
    private static readonly Lock ChangesLock = new();

    /// <summary>The calling thread is kept for long: the pool shall have one more at hand.</summary>
    public static void Keep() => Change(1);

    /// <summary>The thread goes back to the pool.</summary>
    public static void GiveBack() => Change(-1);

    private static void Change(int by)
    {
        lock (ChangesLock)
        {
            ThreadPool.GetMinThreads(out int workers, out int completionPorts);
            ThreadPool.SetMinThreads(workers + by, completionPorts);
        }
    }
}
