using System.Buffers.Binary;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;
using Pharos.Storage.Files;
using Pharos.Storage.Head;
using Pharos.Storage.Tests.Chunks;

namespace Pharos.Storage.Tests.Blocks;

/// <summary>Makes blocks of given samples.</summary>
internal static unsafe class WrittenBlock
{
    /// <summary>Writes a block into the folder; returns its own folder.</summary>
    /// <param name="parent">The data folder.</param>
    /// <param name="ulid">Its name.</param>
    /// <param name="series">The samples by labels, ascending by time.</param>
    /// <param name="samplesPerChunk">How long its chunks are.</param>
    /// <param name="change">Alters what its description says.</param>
    /// <param name="segmentBytes">Where segments of chunks are cut.</param>
    /// <param name="hasStarts">Which chunks of a series, by number, have the newer encoding, with start timestamps a second before each sample.</param>
    public static string Write(
        string parent,
        Ulid ulid,
        IReadOnlyDictionary<Labels, Sample[]> series,
        int samplesPerChunk = 120,
        Func<BlockMeta, BlockMeta>? change = null,
        long segmentBytes = 1 << 20,
        Func<int, bool>? hasStarts = null)
    {
        Directory.CreateDirectory(parent);
        using var writer = new BlockWriter(DiskFiles.Instance, parent, ulid, segmentBytes);
        var symbols = new SortedSet<string>(series.Keys.SelectMany(static labels => labels.SelectMany(static label => new[] { label.Name, label.Value })), Utf8Ordinal.Comparer);
        foreach (string symbol in symbols)
        {
            writer.AddSymbol(System.Text.Encoding.UTF8.GetBytes(symbol));
        }

        long first = long.MaxValue;
        long last = long.MinValue;
        foreach ((Labels labels, Sample[] samples) in series.OrderBy(static pair => pair.Key, Comparer<Labels>.Create(Labels.Compare)))
        {
            byte[] bytes = new byte[LabelBytes.MaxLength(labels)];
            int length = LabelBytes.Encode(labels, bytes);
            AddSeries(writer, bytes.AsSpan(0, length), samples, samplesPerChunk, hasStarts ?? (static _ => false));
            first = Math.Min(first, samples[0].Timestamp);
            last = Math.Max(last, samples[^1].Timestamp);
        }

        var meta = new BlockMeta { Ulid = ulid, MinTime = first, MaxTime = last + 1, Sources = [ulid] };
        Assert.NotNull(writer.Commit(change?.Invoke(meta) ?? meta, CancellationToken.None));
        return Path.Combine(parent, ulid.ToString());
    }

    /// <summary>A name for the n-th block.</summary>
    public static Ulid Name(int number)
    {
        Assert.True(Ulid.TryParse("01ARZ3NDEKTSV4RRFFQ69G5" + number.ToString("000", System.Globalization.CultureInfo.InvariantCulture), out Ulid ulid));
        return ulid;
    }

    /// <summary>Series m0, m1, ... of some jobs, with samples of a kind each.</summary>
    public static Dictionary<Labels, Sample[]> RandomSeries(Random random, int count, int samples, long start)
    {
        var series = new Dictionary<Labels, Sample[]>();
        for (int i = 0; i < count; i++)
        {
            Labels labels = Labels.Of("__name__", "m" + (i % 5), "instance", "host-ä-" + i, "job", "job" + (i % 3));
            series.Add(labels, SampleSequences.Random(random, 1 + random.Next(samples), start + random.Next(60_000)));
        }

        return series;
    }

    private static void AddSeries(BlockWriter writer, ReadOnlySpan<byte> labels, Sample[] samples, int samplesPerChunk, Func<int, bool> hasStarts)
    {
        // What decoders read ahead must be there, so all chunks lie in one array with room behind the last.
        var chunks = new List<byte[]>();
        foreach (Sample[] part in samples.Chunk(samplesPerChunk))
        {
            if (hasStarts(chunks.Count))
            {
                chunks.Add(PlainXor2Chunk.Encode([.. part.Select(static sample => (sample.Timestamp, sample.Timestamp - 1000, sample.Value))]));
                continue;
            }

            var chunk = new PlainXorChunk();
            foreach (Sample sample in part)
            {
                chunk.Append(sample.Timestamp, sample.Value);
            }

            byte[] head = new byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)chunk.Count);
            chunks.Add([.. head, .. chunk.Bits]);
        }

        byte[] all = [.. chunks.SelectMany(static chunk => chunk), .. new byte[ChunkView.ReadAhead]];
        var views = new ChunkView[chunks.Count];
        fixed (byte* start = all)
        {
            byte* at = start;
            int index = 0;
            foreach (Sample[] part in samples.Chunk(samplesPerChunk))
            {
                views[index] = new ChunkView(hasStarts(index) ? ChunkEncoding.Xor2 : ChunkEncoding.Xor, at, chunks[index].Length, part[0].Timestamp, part[^1].Timestamp);
                at += chunks[index++].Length;
            }

            writer.AddSeries(labels, views);
        }
    }
}
