using Pharos.Instrumentation.Exposition;

namespace Pharos.Instrumentation.Collectors;

/// <summary>What the .NET runtime knows: memory, collections, threads.</summary>
public sealed class RuntimeCollector : IMetricCollector
{
    private static readonly byte[][] Generations = [.. new[] { "0", "1", "2" }.Select(static g => ExpositionWriter.EncodeLabels(["generation"], [g]))];

    /// <inheritdoc/>
    public void Collect(ExpositionWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Gauge("dotnet_gc_heap_size_bytes", "Bytes in objects of the managed heap now.", GC.GetTotalMemory(forceFullCollection: false));
        writer.Counter("dotnet_gc_allocated_bytes_total", "Bytes allocated on the managed heap since the start.", GC.GetTotalAllocatedBytes());
        writer.Counter("dotnet_gc_pause_seconds_total", "Seconds for which collections stopped the threads.", GC.GetTotalPauseDuration().TotalSeconds);
        writer.Family("dotnet_gc_collections_total", MetricKind.Counter, "Collections by their oldest generation.");
        for (int generation = 0; generation < Generations.Length; generation++)
        {
            // The runtime counts a collection of an older generation for the younger ones too.
            int older = generation + 1 < Generations.Length ? GC.CollectionCount(generation + 1) : 0;
            writer.Sample("dotnet_gc_collections_total", Generations[generation], GC.CollectionCount(generation) - older);
        }

        writer.Gauge("dotnet_thread_pool_threads", "Threads of the pool.", ThreadPool.ThreadCount);
        writer.Gauge("dotnet_thread_pool_queue_length", "Pieces of work waiting for a thread of the pool.", ThreadPool.PendingWorkItemCount);
    }
}
