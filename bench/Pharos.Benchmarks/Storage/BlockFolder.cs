using Pharos.Core.Labels;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;
using Pharos.Storage.Files;
using Pharos.Storage.Head;

namespace Pharos.Benchmarks.Storage;

/// <summary>Writes blocks of a <see cref="Fleet"/>: two hours each, one after the other.</summary>
internal static unsafe class BlockFolder
{
    private const int ChunkSamples = 120;
    private const long BlockMs = 2 * 3_600_000;

    /// <summary>Writes a block that ends so many blocks before the fleet's start.</summary>
    public static void Write(string folder, int series, int blocksBefore, int chunksPerSeries)
    {
        var fleet = new Fleet(series);
        long start = (Fleet.Start / BlockMs * BlockMs) - (blocksBefore * BlockMs);
        Ulid ulid = Ulid.New(TimeProvider.System);
        using var writer = new BlockWriter(DiskFiles.Instance, folder, ulid);
        Labels[] labels = [.. Enumerable.Range(0, series).Select(Fleet.LabelsOf)];
        foreach (string symbol in labels.SelectMany(static one => one).SelectMany(static label => new[] { label.Name, label.Value }).Distinct().Order(Utf8Ordinal.Comparer))
        {
            writer.AddSymbol(System.Text.Encoding.UTF8.GetBytes(symbol));
        }

        var views = new ChunkView[chunksPerSeries];
        byte[] bytes = GC.AllocateUninitializedArray<byte>(chunksPerSeries * 4096, pinned: true);
        long[] times = new long[ChunkSamples];
        double[] values = new double[ChunkSamples];
        foreach (int i in Enumerable.Range(0, series).OrderBy(index => labels[index], Comparer<Labels>.Create(Labels.Compare)))
        {
            int used = 0;
            for (int chunk = 0; chunk < chunksPerSeries; chunk++)
            {
                for (int k = 0; k < ChunkSamples; k++)
                {
                    times[k] = start + (((chunk * ChunkSamples) + k) * Fleet.StepMs);
                    values[k] = fleet.Next(i);
                }

                fixed (byte* at = &bytes[used])
                {
                    int length = XorEncoder.Encode(times, values, at);
                    views[chunk] = new ChunkView(ChunkEncoding.Xor, at, length, times[0], times[^1]); // the array is pinned
                    used += length;
                }
            }

            byte[] labelBytes = new byte[LabelBytes.MaxLength(labels[i])];
            writer.AddSeries(labelBytes.AsSpan(0, LabelBytes.Encode(labels[i], labelBytes)), views);
        }

        writer.Commit(new BlockMeta { Ulid = ulid, MinTime = start, MaxTime = start + BlockMs, Sources = [ulid] }, CancellationToken.None);
    }
}
