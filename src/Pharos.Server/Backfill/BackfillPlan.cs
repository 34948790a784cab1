using Pharos.Core.Labels;
using Pharos.Scrape.Exposition;

namespace Pharos.Server.Backfill;

/// <summary>The first walk over a file: how many samples lie in which block, so that later walks make as many blocks at once as fit into memory.</summary>
internal sealed class BackfillPlan(long blockMs) : IOpenMetricsSink
{
    private readonly SortedDictionary<long, long> _counts = [];
    private long _block = long.MinValue;
    private long _count;

    /// <summary>The starts of the blocks in runs, each of no more samples than are allowed, or of one block.</summary>
    public IReadOnlyList<(long First, long Last)> Runs(long maxSamples)
    {
        End();
        var runs = new List<(long First, long Last)>();
        long samples = 0;
        foreach ((long block, long count) in _counts)
        {
            if (runs.Count > 0 && samples + count <= maxSamples)
            {
                runs[^1] = (runs[^1].First, block);
                samples += count;
            }
            else
            {
                runs.Add((block, block));
                samples = count;
            }
        }

        return runs;
    }

    /// <summary>Where the block of a time begins.</summary>
    public static long StartOf(long timestamp, long blockMs) => timestamp - (((timestamp % blockMs) + blockMs) % blockMs);

    public bool Wants(long timestamp)
    {
        long block = StartOf(timestamp, blockMs);
        if (block != _block)
        {
            End();
            _block = block;
        }

        _count++;
        return false;
    }

    public int Add(Labels series) => 0;

    public void Add(int series, long timestamp, double value)
    {
    }

    private void End()
    {
        if (_count > 0)
        {
            _counts[_block] = _counts.GetValueOrDefault(_block) + _count;
            _count = 0;
        }
    }
}
