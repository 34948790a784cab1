using Pharos.Core.Samples;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Querying;

/// <summary>Some series that are read of one source after the other, as many together as the source decodes at once. For one thread.</summary>
internal sealed class MergedLanes
{
    /// <summary>Series that are read together at most.</summary>
    public const int Count = XorLanes.Count;

    private readonly int[] _indices = new int[Count];
    private readonly int[] _before = new int[Count];
    private readonly SampleBuffer[] _buffers = new SampleBuffer[Count];
    private readonly SampleBuffer[] _parts = [.. Enumerable.Range(0, Count).Select(static _ => new SampleBuffer(256))];
    private readonly SampleBuffer _scratch = new(256);
    private int _count;

    /// <summary>Forgets the series of the source before.</summary>
    public void Begin() => _count = 0;

    /// <summary>Takes a series of the source in.</summary>
    public void Add(int index, SampleBuffer buffer)
    {
        _indices[_count] = index;
        _buffers[_count++] = buffer;
    }

    /// <summary>Adds what the source has of the series to their buffers. They are numbers alone.</summary>
    public void Append(ISourceSet source, long minTime, long maxTime, bool isPreferred)
    {
        if (_count == 0)
        {
            return;
        }

        if (source is BlockSeriesSet block)
        {
            AppendBlock(block, minTime, maxTime, isPreferred);
            return;
        }

        if (AreNeighbours())
        {
            source.ReadSeveral(_indices[0], minTime, maxTime, _parts.AsSpan(0, _count));
        }
        else
        {
            for (int i = 0; i < _count; i++)
            {
                source.Read(_indices[i], minTime, maxTime, _parts[i]);
            }
        }

        for (int i = 0; i < _count; i++)
        {
            SamplePart.Merge(_buffers[i], _parts[i], isPreferred, _scratch);
        }
    }

    // Straight behind what is there; where that was wrong, because times overlap, the samples are taken off again and merged.
    private void AppendBlock(BlockSeriesSet block, long minTime, long maxTime, bool isPreferred)
    {
        for (int i = 0; i < _count; i++)
        {
            _before[i] = _buffers[i].Count;
        }

        block.AppendSeveral(_indices.AsSpan(0, _count), minTime, maxTime, _buffers.AsSpan(0, _count));
        for (int i = 0; i < _count; i++)
        {
            SampleBuffer buffer = _buffers[i];
            int before = _before[i];
            if (before > 0 && before < buffer.Count && buffer.Timestamps[before] <= buffer.Timestamps[before - 1])
            {
                SampleBuffer part = _parts[i];
                part.Clear();
                part.Append(buffer, before, buffer.Count - before);
                buffer.Keep(0, before);
                SamplePart.Merge(buffer, part, isPreferred, _scratch);
            }
        }
    }

    private bool AreNeighbours()
    {
        for (int i = 1; i < _count; i++)
        {
            if (_indices[i] != _indices[0] + i)
            {
                return false;
            }
        }

        return true;
    }
}
