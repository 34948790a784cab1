using Pharos.Core.Labels;
using Pharos.Scrape.Exposition;
using Pharos.Storage.Backfill;
using Pharos.Storage.Blocks;

namespace Pharos.Server.Backfill;

/// <summary>Makes blocks of an OpenMetrics text: one walk to see what is there, then one for every so many samples.</summary>
internal static class OpenMetricsBackfill
{
    /// <summary>Upstream's least span of a block.</summary>
    public static readonly TimeSpan MinDuration = TimeSpan.FromHours(2);

    private const int Levels = 10;
    private const int Factor = 3;

    /// <summary>Samples that are held at once: some 600 MB.</summary>
    public const long DefaultMaxSamples = (600L << 20) / BlockBuilder.BytesPerSample;

    /// <summary>The longest span that blocks have by themselves and that is not longer than asked for.</summary>
    public static long BlockMs(TimeSpan maxDuration)
    {
        long range = (long)MinDuration.TotalMilliseconds;
        for (int level = 1; level < Levels && range * Factor <= maxDuration.TotalMilliseconds; level++)
        {
            range *= Factor;
        }

        return range;
    }

    /// <summary>Writes the blocks, oldest first, and says each when it is written.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="folder">Where the blocks go; it exists.</param>
    /// <param name="blockMs">Span of a block.</param>
    /// <param name="more">Set on every series.</param>
    /// <param name="clock">Gives blocks their names.</param>
    /// <param name="maxSamples">Samples held at once; a single block may have more.</param>
    /// <param name="written">Takes each block.</param>
    /// <param name="cancellationToken">Ends it; blocks that are written stay.</param>
    /// <exception cref="ExpositionException">The text is no OpenMetrics, or a sample has no time; no block is written then.</exception>
    /// <exception cref="IOException">A block cannot be written; those before it stay.</exception>
    public static void Run(
        ReadOnlySpan<byte> text,
        string folder,
        long blockMs,
        IReadOnlyList<Label> more,
        TimeProvider clock,
        long maxSamples,
        Action<BlockMeta> written,
        CancellationToken cancellationToken)
    {
        var plan = new BackfillPlan(blockMs);
        OpenMetricsSamples.Read(text, plan, cancellationToken);
        foreach ((long, long) run in plan.Runs(maxSamples))
        {
            var collector = new BlockCollector(blockMs, run, more);
            OpenMetricsSamples.Read(text, collector, cancellationToken);
            foreach (BlockBuilder block in collector.Blocks)
            {
                if (block.Write(folder, clock, cancellationToken) is { } meta)
                {
                    written(meta);
                }
            }
        }
    }
}
