using Pharos.Core.Samples;

namespace Pharos.PromQL.Execution;

/// <summary>
/// Memory of sample buffers between queries: it is pinned and lives as long as large objects, so that making it anew for every query would cost full collections. What is in a
/// buffer is never looked at again. At most 4 MiB are kept. Thread-safe.
/// </summary>
internal static class SampleBufferPool
{
    private const int MaxBuffers = 64;
    private const int MaxCapacity = 4096;

    private static readonly Lock Gate = new();
    private static readonly Stack<SampleBuffer> Buffers = new(MaxBuffers);

    /// <summary>An empty buffer.</summary>
    public static SampleBuffer Rent()
    {
        lock (Gate)
        {
            return Buffers.TryPop(out SampleBuffer? buffer) ? buffer : new SampleBuffer();
        }
    }

    /// <summary>Takes a buffer back that nobody uses any more.</summary>
    public static void Return(SampleBuffer buffer)
    {
        buffer.Clear();
        if (buffer.Capacity > MaxCapacity)
        {
            return;
        }

        lock (Gate)
        {
            if (Buffers.Count < MaxBuffers)
            {
                Buffers.Push(buffer);
            }
        }
    }
}
