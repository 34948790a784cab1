namespace Pharos.Server.Metrics;

/// <summary>What the .NET runtime knows: memory, collections, threads. Samples live outside this heap: see the metrics of the store.</summary>
internal sealed class RuntimeMetrics : IMetricSource
{
    private static readonly string[] Generations = ["0", "1", "2"];

    public void Write(MetricWriter writer)
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo(GCKind.Any);
        writer.Gauge("dotnet_gc_heap_size_bytes", "Bytes in objects of the managed heap now.", GC.GetTotalMemory(forceFullCollection: false));
        writer.Gauge("dotnet_gc_committed_bytes", "Bytes the managed heap had taken from the system at the last collection.", memory.TotalCommittedBytes);
        writer.Counter("dotnet_gc_allocated_bytes_total", "Bytes allocated on the managed heap since the start.", GC.GetTotalAllocatedBytes());
        writer.Counter("dotnet_gc_pause_seconds_total", "Seconds for which collections stopped the threads.", GC.GetTotalPauseDuration().TotalSeconds);
        writer.Family("dotnet_gc_collections_total", MetricKind.Counter, "Collections by their oldest generation.");
        for (int generation = 0; generation < Generations.Length; generation++)
        {
            int older = generation + 1 < Generations.Length ? GC.CollectionCount(generation + 1) : 0;
            writer.Sample(GC.CollectionCount(generation) - older, ("generation", Generations[generation]));
        }

        writer.Gauge("dotnet_thread_pool_threads", "Threads of the pool.", ThreadPool.ThreadCount);
        writer.Gauge("dotnet_thread_pool_queue_length", "Pieces of work waiting for a thread of the pool.", ThreadPool.PendingWorkItemCount);
        writer.Counter("dotnet_thread_pool_completed_total", "Pieces of work done by the pool.", ThreadPool.CompletedWorkItemCount);
        writer.Counter("dotnet_monitor_lock_contention_total", "Times a thread had to wait for a lock.", Monitor.LockContentionCount);
    }
}
